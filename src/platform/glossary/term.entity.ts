import { Entity } from 'typeorm';
import { Aliases, Code, DateOnly, Localized, Text } from '../../resource/fields.js';
import { PortalRecord } from '../../resource/record.js';
import type { LocalizedList, LocalizedText } from '../../resource/values.js';

/** A term of the two offices' glossary: what a thing is called in each language, and what it must not be called. */
@Entity()
export class Term extends PortalRecord {
  @Localized({ required: true })
  name: LocalizedText;

  @Code('termDomain', { required: true })
  domain: string;

  /** How good the source is; only grade A blocks an approval. */
  @Code('termGrade', { initially: 'own' })
  grade: string;

  @Code('partOfSpeech')
  partOfSpeech: string | null;

  @Code('termUse', { initially: 'required' })
  use: string;

  /** Other names that are as good. */
  @Aliases()
  variants: LocalizedList | null;

  /** Inflected, derived and short forms that meet the term, but do not ask for it. */
  @Aliases()
  forms: LocalizedList | null;

  /** Longer Chinese words in which the signs of the term are none: 商务部门. */
  @Aliases()
  exceptions: LocalizedList | null;

  /** Names of former times. */
  @Aliases()
  deprecated: LocalizedList | null;

  /** Names that are wrong; `(unless 港)` after one says where it is right. */
  @Aliases()
  forbidden: LocalizedList | null;

  /** First day on which the term is to be used. */
  @DateOnly()
  validFrom: string | null;

  /** Last such day. */
  @DateOnly()
  validUntil: string | null;

  /** Where the pair is attested. */
  @Text({ max: 500, verbatim: true })
  attestation: string | null;

  /** Grammar and remarks for translators. */
  @Text({ max: 1000, multiline: true, verbatim: true })
  note: string | null;
}
