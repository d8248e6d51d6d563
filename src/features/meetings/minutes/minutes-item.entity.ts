import { Entity } from 'typeorm';
import { Int, Localized, Ref } from '../../../resource/fields.js';
import { SourcedRecord } from '../../../resource/record.js';
import type { LocalizedText, Reference } from '../../../resource/values.js';

/** What the minutes of a meeting say on one item of its agenda, in two equally authentic texts. */
@Entity()
export class MinutesItem extends SourcedRecord {
  @Ref('meeting', { required: true })
  meeting: Reference;

  @Ref('agenda-item')
  agendaItem: Reference | null;

  /** Place in the minutes, counted from 1. */
  @Int({ required: true, min: 1 })
  position: number;

  @Localized({ required: true, max: 8000, multiline: true })
  text: LocalizedText;
}
