import type { Side } from '../../../kernel/actor.js';
import type { Reply } from '../../../kernel/exchange.js';
import type { LanguageChoice } from '../../../kernel/languages.js';
import type { Confirmation } from '../../../kernel/meeting-workflow.js';
import { holds } from '../../../kernel/meeting-workflow.js';
import { jsonReply } from '../../../resource/reply.js';

type Answered = Record<string, unknown>;

const SHOWN = [
  ...['id', 'version', 'status', 'statusReason', 'startsAt', 'endsAt'],
  ...['heldOn', 'timeZone', 'form', 'venue'],
];

/** Each side with its consent, whether it counts, is awaited, or has fallen. */
export const sideStandings = (confirmations: readonly Confirmation[], sides: readonly Side[]): object[] =>
  sides.map((side) => {
    const found = confirmations.find((one) => one.side === side);
    if (!found) return { side, state: 'awaited', at: null, organization: null, droppedAt: null, droppedFor: null };
    const { at, organization = null, droppedAt = null, droppedFor = null } = found;
    return { side, state: holds(found) ? 'given' : 'dropped', at, organization, droppedAt, droppedFor };
  });

/**
 * Where a meeting stands, made of the answer of the record; the tag is that of the record, for the next step.
 * @param warnings what speaks against its time
 */
export const standingReply = (
  record: Reply,
  sides: readonly Side[],
  warnings: readonly object[],
  choice: LanguageChoice,
): Reply => {
  const meeting = JSON.parse(record.body.toString()) as Answered;
  const shown = Object.fromEntries(SHOWN.map((name) => [name, meeting[name]]));
  const standings = sideStandings(meeting.confirmations as Confirmation[], sides);
  const { body, languages } = jsonReply(JSON.stringify({ ...shown, sides: standings, warnings }), choice);
  return { ...record, status: 200, body, languages };
};
