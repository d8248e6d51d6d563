import { type AccessFacts, AUDIENCES, can, capacitiesOf } from '../../../kernel/access.js';
import type { Author } from '../../../kernel/actor.js';
import type { Ask } from '../../../kernel/exchange.js';
import { invalid, type Problem, problem } from '../../../kernel/problems.js';
import { isObject } from '../../../resource/body.js';
import type { Change } from '../../../resource/changes.js';

/** Statuses of a meeting whose minutes are being written. */
const OPEN: readonly string[] = ['held', 'minutes-agreed'];

/** The meeting whose minutes are written, as the rules see it. */
export type MinutedMeeting = { status: string; facts: AccessFacts };

/** Whether minutes of the meeting may be written, agreed and signed. */
export const isOpen = ({ status }: MinutedMeeting): boolean => OPEN.includes(status);

/** Minutes are joint and not yet public unless their first author says otherwise. */
export const newMinutesItem = (ask: Ask): Ask =>
  isObject(ask.body) ? { ...ask, body: { sourceLanguage: 'both', audience: 'partners', ...ask.body } } : ask;

/** Whether somebody takes part in the drafting: the secretariats of both sides, and who keeps the meeting's record. */
const mayDraft = (actor: Author, facts: AccessFacts): boolean =>
  actor.kind === 'system' || capacitiesOf(actor).has('coordinator') || can(actor, 'update', 'meeting', facts);

/** Members of an item that what is signed does not depend on. */
const ASIDE: ReadonlySet<string> = new Set(['remark', 'verbatim', 'source', 'audience', 'owner', 'sourceLanguage']);

const wordsChange = ({ kind, before = {}, after }: Change): boolean => {
  if (kind !== 'updated') return kind !== 'published';
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].some(
    (name) => !ASIDE.has(name) && JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null),
  );
};

/**
 * Checks a change of one item of the minutes against its meeting.
 * @param signed whether both sides have signed the minutes as they stood before the change
 * @throws `auth.forbidden` for new items by outsiders, `minutes.not-open` unless the meeting was held and is not closed,
 *   `request.invalid` for an audience wider than the meeting's own, or public before both sides have signed
 */
export const mustBeDraftable = (change: Change, meeting: MinutedMeeting, signed: boolean): void => {
  if (change.kind === 'created' && !mayDraft(change.actor, meeting.facts)) throw problem('auth.forbidden');
  if (!isOpen(meeting) && wordsChange(change)) throw notOpen(meeting);
  if (change.kind === 'withdrawn') return;
  const { audience } = change.facts;
  const widest = meeting.facts.state === 'published' ? AUDIENCES.indexOf(meeting.facts.audience) : AUDIENCES.length - 2;
  if (AUDIENCES.indexOf(audience) < Math.max(widest, signed ? 0 : 1))
    throw invalid([{ pointer: '/audience', code: 'invalid-value' }]);
};

/** Why minutes cannot be worked on. */
export const notOpen = ({ status }: MinutedMeeting): Problem =>
  problem(status === 'closed' ? 'minutes.closed' : 'minutes.not-open', { values: { status } });
