import { Entity } from 'typeorm';
import { Code, Int, Localized, Ref } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** A question on the agenda of a meeting; items nest. */
@Entity()
export class AgendaItem extends SourcedRecord {
  @Ref('meeting', { required: true })
  meeting: Reference;

  @Ref('agenda-item')
  parent: Reference | null;

  /** Place among the items of the same parent, counted from 1. */
  @Int({ required: true, min: 1 })
  position: number;

  @Localized({ required: true, max: 500 })
  title: LocalizedText;

  @Localized({ max: 4000, multiline: true })
  summary: LocalizedText | null;

  @Code('agendaItemState', { required: true, initially: 'proposed' })
  status: string;

  @Ref('organization')
  proposedBy: Reference | null;

  /** Document that is discussed. */
  @Ref('document')
  document: Reference | null;
}
