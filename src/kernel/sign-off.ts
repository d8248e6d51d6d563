import { languageOfSide, SIDES, type Side } from './actor.js';
import type { Language } from './languages.js';

/**
 * The two-key sign-off of joint minutes as a pure state machine: each side agrees the text of its own language, then
 * each side signs, and only then can the minutes be closed. Every agreement and every signature names the hash of
 * both texts, and an edit of either text breaks all of them. The services read a state, ask `transition`, and carry
 * out what it says; who may act for a side at all is decided before.
 */

/** What each side has sealed: the hash that it named, by side. */
type Seals = Partial<Record<Side, string>>;

/** Where the sign-off of one meeting's minutes stands. */
export type SignOff = {
  /** Hash of both texts as they stand now. */
  hash: string;
  /** Agreements: each side agrees the text of its own language, in view of the other. */
  agreed: Seals;
  signed: Seals;
  closed: boolean;
};

/** Something that happens to minutes. `by` is the side that acts; the portal itself acts for none. */
export type SignOffEvent =
  | { kind: 'edit'; by: Side | null; hash: string }
  | { kind: 'agree'; by: Side; language: Language; hash: string }
  | { kind: 'sign'; by: Side; side: Side; hash: string }
  | { kind: 'close'; by: Side };

export const SEAL_KINDS = ['agreement', 'signature'] as const;
export type SealKind = (typeof SEAL_KINDS)[number];

/** A seal that an edit has broken: whose it was. */
export type BrokenSeal = { kind: SealKind; side: Side };

/**
 * Why an event is refused: it acts for the other side, names a hash of other texts, repeats what is done, or comes
 * before what has to come first; after the closing nothing happens any more.
 */
export type SignOffRefusal = 'other-side' | 'outdated' | 'already-sealed' | 'not-agreed' | 'not-signed' | 'closed';

export type SignOffOutcome = { to: SignOff; broken: BrokenSeal[] } | { refused: SignOffRefusal };

/** How far minutes have come, in one word. */
export const MINUTES_STANDINGS = ['draft', 'agreed', 'signed', 'closed'] as const;
export type MinutesStanding = (typeof MINUTES_STANDINGS)[number];

/** Minutes that nobody has agreed to yet. */
export const unsealed = (hash: string): SignOff => ({ hash, agreed: {}, signed: {}, closed: false });

/** Whether both sides have sealed the texts as they stand. */
const byBoth = (seals: Seals, hash: string): boolean => SIDES.every((side) => seals[side] === hash);

export const isAgreed = ({ agreed, hash }: SignOff): boolean => byBoth(agreed, hash);

export const isSigned = (state: SignOff): boolean => isAgreed(state) && byBoth(state.signed, state.hash);

export const standingOf = (state: SignOff): MinutesStanding =>
  state.closed ? 'closed' : isSigned(state) ? 'signed' : isAgreed(state) ? 'agreed' : 'draft';

/** The seals that stand, agreements first. */
export const sealsOf = ({ agreed, signed }: SignOff): BrokenSeal[] => [
  ...SIDES.filter((side) => agreed[side] !== undefined).map((side) => ({ kind: 'agreement' as const, side })),
  ...SIDES.filter((side) => signed[side] !== undefined).map((side) => ({ kind: 'signature' as const, side })),
];

const refused = (reason: SignOffRefusal): SignOffOutcome => ({ refused: reason });
const reached = (to: SignOff): SignOffOutcome => ({ to, broken: [] });

const edit = (state: SignOff, hash: string): SignOffOutcome =>
  hash === state.hash ? reached(state) : { to: unsealed(hash), broken: sealsOf(state) };

const agree = (state: SignOff, { by, language, hash }: SignOffEvent & { kind: 'agree' }): SignOffOutcome => {
  if (languageOfSide(by) !== language) return refused('other-side');
  if (hash !== state.hash) return refused('outdated');
  if (state.agreed[by] === hash) return refused('already-sealed');
  return reached({ ...state, agreed: { ...state.agreed, [by]: hash } });
};

const sign = (state: SignOff, { by, side, hash }: SignOffEvent & { kind: 'sign' }): SignOffOutcome => {
  if (by !== side) return refused('other-side');
  if (hash !== state.hash) return refused('outdated');
  if (!isAgreed(state)) return refused('not-agreed');
  if (state.signed[side] === hash) return refused('already-sealed');
  return reached({ ...state, signed: { ...state.signed, [side]: hash } });
};

const close = (state: SignOff): SignOffOutcome => {
  if (!isAgreed(state)) return refused('not-agreed');
  return isSigned(state) ? reached({ ...state, closed: true }) : refused('not-signed');
};

/** What an event makes of a state: the next state with the seals that it broke, or why it is refused. */
export const transition = (state: SignOff, event: SignOffEvent): SignOffOutcome => {
  if (state.closed) return event.kind === 'edit' && event.hash === state.hash ? reached(state) : refused('closed');
  switch (event.kind) {
    case 'edit':
      return edit(state, event.hash);
    case 'agree':
      return agree(state, event);
    case 'sign':
      return sign(state, event);
    case 'close':
      return close(state);
  }
};
