import { Column, PrimaryColumn } from 'typeorm';
import type { Audience, RecordState } from '../kernel/access.js';
import { Code, Flag, Instant, Int, Localized, Ref } from './fields.js';
import type { LocalizedText, Reference } from './values.js';

/** What every record of the portal has (domain model: "Common to every record"). */
export abstract class PortalRecord {
  /** UUIDv7. */
  @PrimaryColumn('uuid')
  id: string;

  /** Counts the changes; the subject of `If-Match`. */
  @Int({ required: true, readOnly: true })
  version: number;

  @Code('recordState', { required: true, readOnly: true })
  state: RecordState;

  @Code('audience', { initially: 'public' })
  audience: Audience;

  /** Organization that answers for the record; none for what belongs to the portal itself. */
  @Ref('organization')
  owner: Reference | null;

  /** Language of the original text, or `both` where the two are equally authentic. */
  @Code('sourceLanguage', { required: true })
  sourceLanguage: 'zh' | 'ru' | 'both';

  @Instant({ required: true, readOnly: true })
  createdAt: Date;

  @Instant({ required: true, readOnly: true })
  updatedAt: Date;

  @Instant({ readOnly: true })
  publishedAt: Date | null;

  /** What must still be confirmed, or why something is recorded as it is: said openly beside the record. */
  @Localized({ max: 1000, multiline: true })
  remark: LocalizedText | null;

  /** Why the record was withdrawn; part of the tombstone, not of the record's answer. */
  @Column('jsonb', { nullable: true, name: 'withdrawal_reason' })
  withdrawalReason: LocalizedText | null;
}

/** A record whose content was taken from a document: names the document and whether the wording is its own. */
export abstract class SourcedRecord extends PortalRecord {
  /** Document that the record was taken from. */
  @Ref('document')
  source: Reference | null;

  /** False where the name was composed, because the document only describes the thing. */
  @Flag({ initially: true })
  verbatim: boolean;
}
