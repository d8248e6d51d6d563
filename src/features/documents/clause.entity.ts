import { Entity } from 'typeorm';
import { Code, Int, Localized, Ref, Refs, Text } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** A provision of an agreement whose fulfilment is followed (seed row 0-16). */
@Entity()
export class Clause extends SourcedRecord {
  @Ref('document', { required: true })
  document: Reference;

  /** Place within the document, counted from 1. */
  @Int({ required: true, min: 1 })
  position: number;

  /** Number as the document gives it: 第三条, ст. 3. */
  @Text({ max: 40 })
  number: string | null;

  @Localized({ required: true, max: 500 })
  title: LocalizedText;

  @Localized({ max: 4000, multiline: true })
  summary: LocalizedText | null;

  /** How far the provision is fulfilled; none where nobody has reported. */
  @Code('clauseState')
  status: string | null;

  @Refs('zone')
  zones: Reference[];
}
