import { SIDES, type Side } from '../../kernel/actor.js';
import { localTimeOf } from '../../kernel/civil-dates.js';
import type { MinutesClause, PaperKind, Standing } from './paper.js';
import type { DecisionSource, MinutesItemSource, PaperSource } from './paper-source.js';

/** Statuses of a meeting upon which both sides have agreed, and with it upon its agenda. */
const AGREED = new Set(['confirmed', 'held', 'minutes-agreed', 'closed']);

const isBilateral = (sides: readonly Side[]): boolean => sides.length > 1;

const isSealed = ({ signOff }: PaperSource): boolean => signOff.standing !== 'draft';

/** Whether the reader sees everything that the seals stand for. */
const seesAllSealed = ({ signOff: { sealed }, minutes, meeting }: PaperSource): boolean => {
  const seen = new Set([...minutes, ...meeting.decisions].map(({ id }) => id));
  return [...sealed.items, ...sealed.decisions].every((id) => seen.has(id));
};

/** The day on which a side signed, by its own clock; where only the day of the meeting is known, by that of Heihe. */
const signedOn = ({ signOff, meeting }: PaperSource): Standing['signedOn'] =>
  Object.fromEntries(
    SIDES.flatMap((side) => {
      const seal = signOff.seals.find((one) => one.kind === 'signature' && one.side === side);
      const zone = meeting.localTimes?.[side]?.offset ?? '+08:00';
      return seal ? [[side, localTimeOf(Date.parse(seal.at), zone).date]] : [];
    }),
  );

/**
 * How far a paper is. Agenda and invitation are agreed upon with the meeting; how far minutes are is what the seals
 * say, with the hash of what was sealed. Whoever sees only a part of that is given an excerpt, which bears no hash:
 * nobody signed the part.
 */
export const standingOf = (kind: PaperKind, source: PaperSource): Standing => {
  const { meeting, signOff } = source;
  if (kind !== 'minutes') return { stage: AGREED.has(meeting.status) ? 'agreed' : 'draft', hash: null, signedOn: {} };
  if (!isSealed(source)) return { stage: 'draft', hash: null, signedOn: {} };
  if (!seesAllSealed(source)) return { stage: 'excerpt', hash: null, signedOn: {} };
  const stage = signOff.standing === 'agreed' ? 'agreed' : 'signed';
  return { stage, hash: signOff.hash, signedOn: signedOn(source) };
};

/**
 * The clauses of the minutes by their places, under the titles of the agenda as far as the reader sees it. A side's own
 * notes are no part of joint minutes, whoever reads them.
 */
export const minutesClauses = (source: PaperSource, sides: readonly Side[]): MinutesClause[] => {
  const titles = new Map(source.meeting.agendaItems.map(({ id, title }) => [id, title]));
  const isIn = ({ joint }: MinutesItemSource) => joint || !isBilateral(sides);
  return source.minutes.filter(isIn).map(({ position, agendaItem, text }) => ({
    label: String(position),
    title: (agendaItem !== null && titles.get(agendaItem)) || null,
    text,
  }));
};

/** The decisions of a paper; once minutes are sealed, those that the seals stand for. */
export const decisionsOf = (kind: PaperKind, source: PaperSource): DecisionSource[] => {
  const { decisions } = source.meeting;
  if (kind !== 'minutes' || !isSealed(source)) return decisions;
  return decisions.filter(({ id }) => source.signOff.sealed.decisions.includes(id));
};
