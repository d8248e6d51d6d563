import { SIDES, type Side } from '../../../kernel/actor.js';
import type { GuardedMeeting, GuardFacts } from './guard-input.js';

const LEFT_OUT = new Set(['cancelled', 'postponed']);

const counted = ({ cadence, meetings }: GuardFacts): GuardedMeeting[] =>
  meetings.filter(
    ({ kind, status }) => !LEFT_OUT.has(status) && (!cadence?.meetingKind || kind === cadence.meetingKind),
  );

const otherSide = (side: Side): Side => SIDES.find((one) => one !== side)!;

/** The number that follows the highest one of the series (第三次 → 第四次); none where no meeting bears a number. */
export const nextNumberOf = (facts: GuardFacts): number | null => {
  const numbers = counted(facts).flatMap(({ numberInSeries }) => numberInSeries ?? []);
  return numbers.length > 0 ? Math.max(...numbers) + 1 : null;
};

/** The last meeting, by number where both have one and otherwise by day. */
const lastOf = (meetings: readonly GuardedMeeting[]): GuardedMeeting | undefined =>
  [...meetings]
    .sort((a, b) => (a.numberInSeries ?? 0) - (b.numberInSeries ?? 0) || (a.date ?? '').localeCompare(b.date ?? ''))
    .at(-1);

/**
 * The side whose turn it is to host. Where the sides take turns it is not the last host, or by the number's being odd
 * the first host; where neither is known nobody's turn is guessed.
 */
export const nextHostOf = (facts: GuardFacts): Side | null => {
  const { hostRotation, firstHost } = facts.cadence ?? {};
  const stated = SIDES.find((side) => side === hostRotation);
  if (stated) return stated;
  if (hostRotation !== 'alternates') return null;
  const last = lastOf(counted(facts));
  if (last?.hostSide) return otherSide(last.hostSide);
  const next = nextNumberOf(facts) ?? (last ? null : 1);
  if (!firstHost || next === null) return null;
  return next % 2 === 1 ? firstHost : otherSide(firstHost);
};
