import { hash } from 'node:crypto';
import type { LanguageMap } from '../../kernel/languages.js';
import { problem } from '../../kernel/problems.js';
import type { UnitRow } from './unit-rows.js';

/** What a writer has seen: the version of the text, and the fingerprint of its original. */
export type SeenUnit = { version: number; original: string };

/**
 * Tag of an answer about one unit: the language, the version of its text, the original that it was shown with, and a
 * hash of the answer. Each language has a tag of its own, so that two languages are written side by side.
 */
export const unitTag = ({ language, version, originalHash }: UnitRow, body: Buffer): string => {
  const original = Buffer.from(originalHash ?? '', 'hex').toString('base64url');
  return `"u${version}-${language}-${original}-${hash('sha1', body, 'base64url').slice(0, 16)}"`;
};

const TAG = /^"u([1-9]\d{0,8})-(zh|ru)-([\w-]{43})(?:-[\w-]{1,32})?"$/;

/**
 * What the writer of a text has seen of it.
 * @param texts both texts as they stand, for whoever lost a race
 * @throws `resource.precondition-required` without a tag, `resource.stale` with both texts where another version of the
 *   text stands there by now
 */
export const seenUnit = (ifMatch: string | undefined, row: UnitRow, texts: LanguageMap): SeenUnit => {
  if (ifMatch === undefined) throw problem('resource.precondition-required');
  const [, version, language, original] = TAG.exec(ifMatch) ?? [];
  if (Number(version) !== row.version || language !== row.language || !original) {
    throw problem('resource.stale', { values: { version: row.version }, extensions: { texts } });
  }
  return { version: row.version, original: Buffer.from(original, 'base64url').toString('hex') };
};
