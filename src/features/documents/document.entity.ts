import { Entity } from 'typeorm';
import { Code, Codes, DateOnly, Int, Item, Items, Localized, Ref, Refs, Text } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** A document number in its parts: 同政发〔2019〕32号, № 32 от 02.12.2019. */
export class DocumentNumber {
  /** Abbreviation that stands for the issuer, such as 同政发. */
  @Text({ max: 40 })
  issuerPrefix: string | null;

  @Int({ min: 1900, max: 2200 })
  year: number | null;

  @Int({ min: 1 })
  serial: number | null;

  /** The number in its correct form, as it is quoted. */
  @Text({ required: true, max: 80 })
  display: string;

  /** The number as the source prints it, where that differs, such as with wrong brackets. */
  @Text({ max: 80, verbatim: true })
  asPrinted: string | null;
}

/** What a document does to another one: forwards, implements, replaces … it. */
export class DocumentLink {
  @Code('documentRelation', { required: true })
  kind: string;

  @Ref('document', { required: true })
  document: Reference;
}

/** A document that mechanisms, meetings, plans and policies rest on; whether in force, only cited or still sought. */
@Entity()
export class Document extends SourcedRecord {
  @Localized({ required: true, max: 500 })
  title: LocalizedText;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;

  @Code('documentType', { required: true })
  type: string;

  @Code('documentStatus')
  status: string | null;

  @Code('jurisdiction')
  jurisdiction: string | null;

  @Item(() => DocumentNumber)
  number: DocumentNumber | null;

  /** Year of the document, also where its day is not known. */
  @Int({ min: 1900, max: 2200 })
  year: number | null;

  @DateOnly()
  issuedOn: string | null;

  @DateOnly()
  adoptedOn: string | null;

  @Ref('meeting')
  adoptingMeeting: Reference | null;

  /** Languages whose text is authentic; both where the two are equally so. */
  @Codes('language')
  authenticLanguages: string[] | null;

  @Refs('organization')
  issuers: Reference[];

  /** Issuers as the document names them, where they are no organization of the portal. */
  @Localized({ max: 500 })
  issuerNames: LocalizedText | null;

  /** Signatories of an agreement. */
  @Refs('organization')
  parties: Reference[];

  @Localized({ max: 500 })
  partyNames: LocalizedText | null;

  /** Addressees in the words of the document. */
  @Localized({ max: 1000 })
  addressees: LocalizedText | null;

  @Refs('organization')
  addresseeOrganizations: Reference[];

  @Items(() => DocumentLink)
  relations: DocumentLink[];
}
