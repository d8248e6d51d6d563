import { Entity } from 'typeorm';
import { Int, Localized, Ref, Text } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** A heading of a plan; sections nest. */
@Entity()
export class Section extends SourcedRecord {
  @Ref('plan', { required: true })
  plan: Reference;

  @Ref('section')
  parent: Reference | null;

  /** Place in the plan, counted through from 1: the sections of one parent stand in this order. */
  @Int({ required: true, min: 1 })
  position: number;

  /** Number as the document gives it: 四, （一）, IV. */
  @Text({ max: 40 })
  number: string | null;

  @Localized({ required: true, max: 500 })
  title: LocalizedText;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;

  /** The year that the section's tasks belong to, where it holds those of one year. */
  @Int({ min: 1900, max: 2200 })
  year: number | null;
}
