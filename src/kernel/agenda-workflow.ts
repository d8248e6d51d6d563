import { SIDES, type Side } from './actor.js';
import { changedAmong } from './terms.js';

/**
 * The way of an agenda item from proposal to discussion, as pure functions, and the arithmetic of an agenda.
 */

export const AGENDA_STATES = ['proposed', 'accepted', 'declined', 'deferred', 'discussed'] as const;
export type AgendaState = (typeof AGENDA_STATES)[number];

export const AGENDA_ANSWERS = ['accepted', 'declined', 'deferred'] as const;
export type AgendaAnswerCode = (typeof AGENDA_ANSWERS)[number];

/** The answer of one side's secretariat. */
export type AgendaAnswer = {
  side: Side;
  answer: AgendaAnswerCode;
  reason?: Readonly<Record<string, unknown>> | null;
  /** ISO 8601. */
  at: string;
  organization?: { id: string } | null;
  /** Version of the item that the answer made. */
  version: number;
};

const STATES_FOR: Record<AgendaAnswerCode, readonly AgendaState[]> = {
  accepted: ['proposed'],
  declined: ['proposed'],
  // Also what both sides had agreed to take up may be put off until it has been discussed.
  deferred: ['proposed', 'accepted'],
};

/** Whether an answer needs a reason: only consent needs none. */
export const needsReason = (answer: AgendaAnswerCode): boolean => answer !== 'accepted';

/**
 * Enters the answer of a side: an item is accepted when all sides accept; one side is enough to decline or to defer it.
 * @param sides those that take part in the meeting
 * @returns nothing where the side has no part, has accepted already, or the item is past answering
 */
export const withAnswer = (
  state: AgendaState,
  answers: readonly AgendaAnswer[],
  added: AgendaAnswer,
  sides: readonly Side[],
): { state: AgendaState; answers: AgendaAnswer[] } | undefined => {
  if (!sides.includes(added.side) || !STATES_FOR[added.answer].includes(state)) return undefined;
  const own = answers.find(({ side }) => side === added.side);
  if (own?.answer === 'accepted' && added.answer === 'accepted') return undefined;
  const all = [...answers.filter((one) => one !== own), added].sort(
    (a, b) => SIDES.indexOf(a.side) - SIDES.indexOf(b.side),
  );
  const accepted = sides.every((side) => all.some((one) => one.side === side && one.answer === 'accepted'));
  if (added.answer !== 'accepted') return { state: added.answer, answers: all };
  return { state: accepted ? 'accepted' : state, answers: all };
};

/** The state after an item was taken up in the meeting; nothing for one that was not on the agenda. */
export const discussedFrom = (state: AgendaState): AgendaState | undefined =>
  state === 'accepted' ? 'discussed' : undefined;

/** What both sides agree to when they accept an item. */
const SUBSTANCE = ['title', 'summary', 'document'] as const;

/** Where an item stands and how long it takes: the order of the agenda. */
export const ORDER_FIELDS = ['parent', 'position', 'durationMinutes'] as const;

/** The members of an item that concern the agenda. */
export const AGENDA_FIELDS = [...SUBSTANCE, ...ORDER_FIELDS, 'audience'] as const;

/** A change of the agenda after both sides confirmed it. */
export type AgendaMark = {
  kind: 'added' | 'changed';
  /** ISO 8601. */
  at: string;
  side?: Side | null;
  organization?: { id: string } | null;
  fields: string[];
  reason?: Readonly<Record<string, unknown>> | null;
};

type Body = Readonly<Record<string, unknown>>;

/** The members of an item that a change alters, as far as they concern the agenda. */
export const changedOfItem = (before: Body, after: Body): string[] => changedAmong(AGENDA_FIELDS, before, after);

/**
 * What a change of an item entails: nobody has accepted another question, so a reworded item is a proposed one again.
 * Its translation, its place and its minutes leave the answers as they are.
 */
export const settledItem = (before: Body, after: Body): Body => {
  const answered = after.status === 'accepted' || (after.status === 'proposed' && hasAnswers(after));
  if (!answered || changedAmong(SUBSTANCE, before, after).length === 0) return after;
  return { ...after, status: 'proposed', answers: [] };
};

const hasAnswers = ({ answers }: Body): boolean => Array.isArray(answers) && answers.length > 0;

/** Whether items that are each other's parents would stand nowhere on the agenda. */
export const goesInCircles = (parents: ReadonlyMap<string, string | null>): boolean => {
  for (const start of parents.keys()) {
    const passed = new Set<string>();
    for (let at: string | null | undefined = start; at; at = parents.get(at)) {
      if (passed.has(at)) return true;
      passed.add(at);
    }
  }
  return false;
};

/** An item as the arithmetic of the agenda sees it. */
export type AgendaLine = {
  id: string;
  parent: string | null;
  state: AgendaState;
  durationMinutes: number | null;
};

/** Where a line stands: how deep, and its number, such as 2.1. */
export type AgendaPlace = { level: number; number: string };

/**
 * Levels and numbers of the lines of an agenda in the order in which it is read. A line below one that is not shown
 * stands at the top.
 */
export const placesOf = (lines: readonly AgendaLine[]): ReadonlyMap<string, AgendaPlace> => {
  const places = new Map<string, AgendaPlace>();
  const counts = new Map<string, number>();
  for (const { id, parent } of lines) {
    const above = parent === null ? undefined : places.get(parent);
    const key = above?.number ?? '';
    const n = (counts.get(key) ?? 0) + 1;
    counts.set(key, n);
    places.set(id, { level: (above?.level ?? 0) + 1, number: above ? `${key}.${n}` : String(n) });
  }
  return places;
};

/** Items that take up time, or would. */
const COUNTED: readonly AgendaState[] = ['proposed', 'accepted', 'discussed'];

/**
 * Minutes that an agenda takes: an item's own where they are stated, otherwise those of the items below it.
 * @param states the items that count
 */
export const totalMinutes = (lines: readonly AgendaLine[], states: readonly AgendaState[] = COUNTED): number => {
  const shown = new Set(lines.map(({ id }) => id));
  const isBelow = (line: AgendaLine, id: string | null) =>
    id === null ? line.parent === null || !shown.has(line.parent) : line.parent === id;
  const below = (id: string | null): number =>
    lines.filter((line) => isBelow(line, id)).reduce((minutes, line) => minutes + minutesOf(line), 0);
  const minutesOf = (line: AgendaLine): number =>
    states.includes(line.state) ? (line.durationMinutes ?? below(line.id)) : 0;
  return below(null);
};
