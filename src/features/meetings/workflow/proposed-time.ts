import { localTimeOf } from '../../../kernel/civil-dates.js';
import { type Confirmation, changedTerms, droppedConfirmations } from '../../../kernel/meeting-workflow.js';
import { problem } from '../../../kernel/problems.js';
import type { Body } from '../../../resource/body.js';
import type { MeetingProposal } from './meeting-shapes.js';

/** Days begin first at the eastern end of the cooperation: where nobody says whose day is meant, that one counts. */
const EASTERNMOST = 'Asia/Vladivostok';

const dayOf = (instant: string, timeZone: unknown): string | undefined =>
  typeof timeZone === 'string' ? localTimeOf(Date.parse(instant), timeZone).date : undefined;

/** Hours, day and end of one time belong together: who states a part of it leaves no rest of another time. */
const timeOf = (proposal: MeetingProposal, timeZone: unknown): Body => {
  const { startsAt, endsAt, heldOn } = proposal;
  if (startsAt) return { startsAt, endsAt, heldOn: heldOn ?? dayOf(startsAt, timeZone) };
  if (heldOn) return { startsAt: undefined, endsAt: undefined, heldOn };
  return endsAt ? { endsAt } : {};
};

/**
 * A meeting as it is proposed.
 * @throws `meeting.time-missing` without a day, `meeting.same-time` for one that was put off and has no new time
 */
export const proposedBody = (body: Body, proposal: MeetingProposal): Body => {
  const { form, venue, timeZone } = proposal;
  const zone = timeZone ?? body.timeZone;
  const { statusReason: _given, ...rest } = body;
  const stated = { ...(form && { form }), ...(venue && { venue }), ...(timeZone && { timeZone }) };
  const after: Body = { ...rest, ...stated, ...timeOf(proposal, zone) };
  if (!after.startsAt && !after.heldOn) throw problem('meeting.time-missing');
  const terms = changedTerms(body, after);
  if (body.status === 'postponed' && !terms.includes('time')) throw problem('meeting.same-time');
  const confirmations = (body.confirmations ?? []) as Confirmation[];
  return { ...after, confirmations: droppedConfirmations(confirmations, terms, new Date().toISOString()) };
};

/**
 * A meeting that has not begun cannot have been held.
 * @param now milliseconds since 1970
 * @throws `meeting.not-yet`
 */
export const mustHaveBegun = ({ startsAt, heldOn, timeZone }: Body, now: number): void => {
  const today = localTimeOf(now, typeof timeZone === 'string' ? timeZone : EASTERNMOST).date;
  const isAhead =
    typeof startsAt === 'string' ? Date.parse(startsAt) > now : typeof heldOn === 'string' && heldOn > today;
  if (isAhead) throw problem('meeting.not-yet');
};
