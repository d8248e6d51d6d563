import type { Audience } from '../../../kernel/access.js';
import type { Side } from '../../../kernel/actor.js';
import type { AgendaAnswerCode } from '../../../kernel/agenda-workflow.js';
import type { Language } from '../../../kernel/languages.js';
import { Code, Codes, Identifier, Instant, Int, Items, Localized, Ref, Text } from '../../../resource/fields.js';
import type { LocalizedText, Reference } from '../../../resource/values.js';
import { ItemAnswer, ItemMark } from '../agenda-item.entity.js';
import { SideStanding } from '../workflow/meeting-shapes.js';

/** Longest answer about an agenda: more items than a meeting of a day could take up. */
const MOST_ITEMS = 500;

/** A question that an organization puts to a meeting, in its own language or in both. */
export class AgendaProposal {
  @Localized({ required: true, max: 500 })
  title: LocalizedText;

  @Localized({ max: 4000, multiline: true })
  summary?: LocalizedText | null;

  /** Follows from the texts where nothing is said: the one language, or that of the proposing side. */
  @Code('sourceLanguage')
  sourceLanguage?: 'zh' | 'ru' | 'both' | null;

  @Ref('agenda-item')
  parent?: Reference | null;

  /** Last among the items of the same parent where nothing is said. */
  @Int({ min: 1 })
  position?: number | null;

  @Int({ min: 1, max: 1440 })
  durationMinutes?: number | null;

  @Ref('document')
  document?: Reference | null;

  @Code('audience', { initially: 'partners' })
  audience: Audience;
}

/** What one side's secretariat says to an item. */
export class AgendaAnswerGiven {
  @Code('side', { required: true })
  side: Side;

  @Code('agendaAnswer', { required: true })
  answer: AgendaAnswerCode;

  /** Asked for unless the item is accepted. */
  @Localized({ max: 1000, multiline: true })
  reason?: LocalizedText | null;
}

/** Where one item is to stand. */
export class ArrangedItem {
  @Ref('agenda-item', { required: true })
  item: Reference;

  /** At the top where there is none. */
  @Ref('agenda-item')
  parent?: Reference | null;

  @Int({ required: true, min: 1 })
  position: number;

  /** Stays as it is where nothing is said. */
  @Int({ min: 1, max: 1440 })
  durationMinutes?: number | null;
}

/** Order, nesting and minutes of items. */
export class AgendaArrangement {
  @Items(() => ArrangedItem, { required: true })
  items: ArrangedItem[];

  /** Asked for once both sides have confirmed the agenda. */
  @Localized({ max: 1000, multiline: true })
  reason?: LocalizedText | null;
}

/** The agenda that a side confirms. */
export class AgendaConsent {
  @Code('side', { required: true })
  side: Side;

  /** That of the agenda as it was read. */
  @Text({ required: true, max: 40 })
  revision: string;
}

/** One line of an agenda. */
export class AgendaEntry {
  @Identifier({ required: true })
  id: string;

  @Int({ required: true, min: 1 })
  version: number;

  /** Number by its place, such as 2.1. */
  @Text({ required: true })
  number: string;

  @Int({ required: true, min: 1 })
  level: number;

  @Ref('agenda-item')
  parent: Reference | null;

  @Int({ required: true, min: 1 })
  position: number;

  @Localized({ required: true })
  title: LocalizedText;

  @Localized({ max: 4000 })
  summary: LocalizedText | null;

  @Code('agendaItemState', { required: true })
  status: string;

  @Int({ min: 1, max: 1440 })
  durationMinutes: number | null;

  @Code('audience', { required: true })
  audience: Audience;

  @Ref('organization')
  owner: Reference | null;

  @Ref('organization')
  proposedBy: Reference | null;

  @Ref('document')
  document: Reference | null;

  @Items(() => ItemAnswer)
  answers: ItemAnswer[];

  @Items(() => ItemMark)
  marks: ItemMark[];

  @Ref('agenda-item')
  deferredFrom: Reference | null;

  @Ref('agenda-item')
  deferredTo: Reference | null;

  /** The decision of an earlier meeting that the item brings back. */
  @Ref('decision')
  reviewOf: Reference | null;

  /** Languages in which some text of the item is missing. */
  @Codes('language')
  lacks: Language[];
}

/** The agenda of a meeting from top to bottom. */
export class Agenda {
  /** Changes with every change of what both sides see; a side confirms the agenda with it. */
  @Text({ required: true })
  revision: string;

  /** Since when it is confirmed by all sides. */
  @Instant()
  frozenAt: string | null;

  @Items(() => SideStanding)
  sides: SideStanding[];

  /** Minutes of what is proposed, accepted or discussed. */
  @Int({ required: true })
  totalMinutes: number;

  /** Minutes of what is accepted or discussed. */
  @Int({ required: true })
  acceptedMinutes: number;

  /** Minutes between the beginning and the end of the meeting, where both are known. */
  @Int()
  availableMinutes: number | null;

  @Items(() => AgendaEntry, { max: MOST_ITEMS })
  items: AgendaEntry[];
}
