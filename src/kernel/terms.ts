import { canonicalJson } from './canonical-json.js';
import { LANGUAGES } from './languages.js';

type Values = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

const INSTANT = /^\d{4}-\d\d-\d\dT/;

/** One moment is one moment, whatever offset it is written with. */
const plain = (value: unknown): unknown =>
  typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : (value ?? null);

const isText = (value: Values): boolean => {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => (LANGUAGES as readonly string[]).includes(key));
};

/**
 * Whether a value says something else than before. A text that gets its translation says the same as before; one that
 * loses a language or is reworded in one does not.
 */
const saysOtherwise = (before: unknown, after: unknown): boolean => {
  if (isMap(before) && isMap(after) && isText(before) && isText(after)) {
    return LANGUAGES.some((language) => before[language] != null && before[language] !== after[language]);
  }
  return canonicalJson(plain(before)) !== canonicalJson(plain(after));
};

/** The names among `names` whose values say something else after a change than before it. */
export const changedAmong = <Name extends string>(names: readonly Name[], before: Values, after: Values): Name[] =>
  names.filter((name) => saysOtherwise(before[name], after[name]));
