import { createHash } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.js';
import { normalizeText } from '../../../kernel/text.js';
import type { Standing } from '../../../kernel/translation-workflow.js';
import { isSettled } from '../unit-writer.js';
import { mayWriteUnit, type OpenUnit, textsOf } from '../units.js';
import { fingerprintOf, halvesOf, type ReturnedUnit } from './exchange-file.js';

/** Why a unit of a file is refused; the whole file then is. */
export type Refusal =
  | 'unknown-unit'
  | 'repeated-unit'
  | 'wrong-language'
  | 'fingerprint-missing'
  | 'stale'
  | 'conflict'
  | 'source-edited'
  | 'not-yours'
  | 'approved'
  | 'claimed'
  | 'placeholder-lost'
  | 'invalid-text'
  | 'ambiguous';

/** What is to be done with a unit of a file: its text written, handed on as it is, nothing, or the refusal. */
export type Verdict = { write: string } | 'submit' | 'unchanged' | { refused: Refusal };

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const WORKED_ON: readonly Standing[] = ['draft', 'machine'];

/** Whether what the file was made from is what stands there now. */
const changedSince = (returned: ReturnedUnit, unit: OpenUnit): Refusal | undefined => {
  const halves = halvesOf(returned.fingerprint);
  if (!halves) return 'fingerprint-missing';
  const now = halvesOf(fingerprintOf(unit.row.originalHash, unit.row.textHash))!;
  if (halves.original !== now.original) return 'stale';
  // The original is not the translator's to write; other words in it also betray a wrong encoding (hardening A16, E83).
  if (normalizeText(returned.source) !== textsOf(unit).original) return 'source-edited';
  return halves.text === now.text ? undefined : 'conflict';
};

/** Whether the asker may write the text at all. */
export const forbiddenTo = (actor: Actor, unit: OpenUnit): Refusal | undefined => {
  if (actor.kind !== 'account' || !mayWriteUnit(actor, unit)) return 'not-yours';
  if (isSettled(actor, unit)) return 'approved';
  const { assigneeId } = unit.row;
  return assigneeId !== null && assigneeId !== actor.id ? 'claimed' : undefined;
};

/** Whether somebody has worked on the translation: it is neither what left the portal nor what stands there now. */
const isEdited = (target: string, fingerprint: string | undefined, now: string): boolean => {
  if (target === '' || target === now) return false;
  const left = halvesOf(fingerprint)?.text;
  return left === undefined || !sha256(target).startsWith(left);
};

/**
 * Judges one unit of a file. One that comes back as it left is no fault, whatever has happened meanwhile: nothing is asked
 * of it. A text that was looked at elsewhere is handed on, never approved.
 * @param unit as it stands now, if the asker may see it
 */
export const judge = (actor: Actor, returned: ReturnedUnit, unit: OpenUnit | undefined): Verdict => {
  if (!unit) return { refused: 'unknown-unit' };
  if (returned.into !== unit.row.language) return { refused: 'wrong-language' };
  const target = normalizeText(returned.target ?? '');
  if (isEdited(target, returned.fingerprint, textsOf(unit).text)) {
    const refused = changedSince(returned, unit) ?? forbiddenTo(actor, unit);
    return refused ? { refused } : { write: target };
  }
  const isReady = returned.reviewed && target !== '' && WORKED_ON.includes(unit.row.standing);
  return isReady && !changedSince(returned, unit) && !forbiddenTo(actor, unit) ? 'submit' : 'unchanged';
};
