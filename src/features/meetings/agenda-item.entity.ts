import { Entity, Index } from 'typeorm';
import type { Side } from '../../kernel/actor.js';
import type { AgendaAnswerCode } from '../../kernel/agenda-workflow.js';
import { Code, Codes, Instant, Int, Items, Localized, Ref } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** The answer of one side's secretariat. */
export class ItemAnswer {
  @Code('side', { required: true })
  side: Side;

  @Code('agendaAnswer', { required: true })
  answer: AgendaAnswerCode;

  @Localized({ max: 1000, multiline: true })
  reason: LocalizedText | null;

  @Instant({ required: true })
  at: string;

  @Ref('organization')
  organization: Reference | null;

  /** Version of the item that the answer made. */
  @Int({ required: true, min: 1 })
  version: number;
}

/** A change after both sides had confirmed the agenda: what, when and by whom. */
export class ItemMark {
  @Code('agendaMark', { required: true })
  kind: 'added' | 'changed';

  @Instant({ required: true })
  at: string;

  @Code('side')
  side: Side | null;

  @Ref('organization')
  organization: Reference | null;

  /** Members that were changed. */
  @Codes('agendaField')
  fields: string[] | null;

  @Localized({ max: 1000, multiline: true })
  reason: LocalizedText | null;
}

/** A question on the agenda of a meeting; items nest. */
@Entity()
@Index('agenda_item_deferred_once', ['deferredFrom'], { unique: true })
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

  /** Time that is allotted to the item with everything below it. */
  @Int({ min: 1, max: 1440 })
  durationMinutes: number | null;

  /** What the secretariats of the sides have answered. */
  @Items(() => ItemAnswer, { max: 2 })
  answers: ItemAnswer[] | null;

  /** The item of an earlier meeting that was put off to this one. */
  @Ref('agenda-item')
  deferredFrom: Reference | null;

  /** What was changed after both sides had confirmed the agenda. */
  @Items(() => ItemMark)
  marks: ItemMark[] | null;
}
