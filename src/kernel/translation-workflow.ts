import { capacitiesOf } from './access.js';
import type { Actor, Side } from './actor.js';
import type { Language } from './languages.js';

/**
 * The way of one translated text from missing to approved, as pure rules. Texts are known by their fingerprints: a
 * translation is stale when the original it was made from is not the present one, and no longer once it is again.
 */

/** What people have made of a text; whether it is missing or stale is computed. */
export type WorkState = 'draft' | 'in-review' | 'approved';

/** What a text is to whoever looks for work. */
export type Standing = 'missing' | 'stale' | 'machine' | WorkState;

/** One text of one record in one language. */
export type TextUnit = {
  language: Language;
  /** Whether both texts are equally authentic, so that neither is made from the other. */
  authentic: boolean;
  state: WorkState;
  origin: 'human' | 'machine' | 'import';
  /** Fingerprints of the text, of the text in the other language, and of that from which this one was made. */
  text: string | null;
  original: string | null;
  madeFrom: string | null;
  authorId: string | null;
  submitterId: string | null;
  approverId: string | null;
};

/** What happens to a text; `by` is the account of whoever does it. */
export type UnitEvent =
  | { kind: 'write'; by: string | null; text: string; origin: TextUnit['origin']; seen?: string }
  | { kind: 'original'; original: string | null }
  | { kind: 'submit'; by: string }
  | { kind: 'approve'; by: string }
  | { kind: 'return' }
  | { kind: 'confirm-unchanged'; by: string; mayApprove: boolean };

/** Why an event is refused: it does not fit the state, or the one who approves would approve their own work. */
export type UnitRefusal = 'wrong-state' | 'own-work';

/** Whether the original has changed since the translation was made; of two authentic texts neither has an original. */
export const isStale = ({ authentic, text, original, madeFrom }: TextUnit): boolean =>
  text !== null && !authentic && madeFrom !== original;

/** The one state that lists and counts show: what is to be done comes before what was done. */
export const standingOf = (unit: TextUnit): Standing => {
  if (unit.text === null) return 'missing';
  if (isStale(unit)) return 'stale';
  if (unit.state === 'draft' && unit.origin === 'machine') return 'machine';
  return unit.state;
};

/** A text that has to be looked at anew: what was said of the former one holds no longer. */
const reopened = (unit: TextUnit): TextUnit => ({ ...unit, state: 'draft', submitterId: null, approverId: null });

const written = (unit: TextUnit, { by, text, origin, seen }: Extract<UnitEvent, { kind: 'write' }>): TextUnit => {
  if (text === unit.text) return unit;
  const madeFrom = unit.authentic ? unit.original : (seen ?? unit.original);
  return { ...reopened(unit), text, origin, authorId: by, madeFrom };
};

/** The other language's text was edited: an authentic pair has to be agreed anew, a translation may become stale. */
const follows = (unit: TextUnit, original: string | null): TextUnit => {
  if (!unit.authentic || original === unit.original) return { ...unit, original };
  return { ...reopened(unit), original, madeFrom: unit.text === null ? null : original };
};

/** Who answers for a text: its author, or where no person wrote it whoever handed it on. */
const isOwnWork = ({ authorId, submitterId }: TextUnit, by: string): boolean => (authorId ?? submitterId) === by;

const approved = (unit: TextUnit, by: string): TextUnit | UnitRefusal => {
  if (standingOf(unit) !== 'in-review') return 'wrong-state';
  return isOwnWork(unit, by) ? 'own-work' : { ...unit, state: 'approved', approverId: by };
};

/**
 * "No retranslation needed". Whoever may approve the text settles it: what was approved stays so. Anybody else's word,
 * and the author's, has to be looked at by another person.
 */
const confirmed = (unit: TextUnit, by: string, mayApprove: boolean): TextUnit | UnitRefusal => {
  if (!isStale(unit)) return 'wrong-state';
  const current = { ...unit, madeFrom: unit.original };
  if (unit.state !== 'approved' || (mayApprove && !isOwnWork(unit, by))) return current;
  return { ...current, state: 'in-review', submitterId: by, approverId: null };
};

/**
 * What becomes of a text.
 * @returns the text after the event, or why the event is refused
 */
export const afterEvent = (unit: TextUnit, event: UnitEvent): TextUnit | UnitRefusal => {
  switch (event.kind) {
    case 'write':
      return written(unit, event);
    case 'original':
      return follows(unit, event.original);
    case 'submit':
      return ['draft', 'machine'].includes(standingOf(unit))
        ? { ...unit, state: 'in-review', submitterId: event.by }
        : 'wrong-state';
    case 'approve':
      return approved(unit, event.by);
    case 'return':
      return unit.text !== null && unit.state === 'in-review' ? reopened(unit) : 'wrong-state';
    case 'confirm-unchanged':
      return confirmed(unit, event.by, event.mayApprove);
  }
};

/** The side whose language it is. */
export const SIDE_OF_LANGUAGE = { zh: 'cn', ru: 'ru' } as const satisfies Record<Language, Side>;

/**
 * Whether somebody may approve or return texts in a language: officials and coordinators of the side whose language it
 * is, and translators into it. Of two authentic texts only the sides speak, each for its own language.
 */
export const mayReview = (actor: Actor, { language, authentic }: Pick<TextUnit, 'language' | 'authentic'>): boolean => {
  if (actor.kind !== 'account') return false;
  const capacities = capacitiesOf(actor);
  const speaks = capacities.has('official') || capacities.has('coordinator');
  if (speaks && actor.side === SIDE_OF_LANGUAGE[language]) return true;
  return !authentic && capacities.has('translator') && actor.translatesInto.includes(language);
};

/** How long a claim holds before others may take the text over. */
export const CLAIM_HOURS = 48;
