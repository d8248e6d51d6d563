import { BODIES } from './vocabularies/bodies.js';
import { PLANS } from './vocabularies/plans.js';
import { PORTAL } from './vocabularies/portal.js';
import { RECORDS } from './vocabularies/records.js';

/**
 * Every enumeration of the API: names of vocabularies and their codes, in the order in which people list them.
 * Labels in both languages stand in `locales/{zh,ru}/vocabularies.json` and are served by `/api/v1/vocabularies`.
 */
export const VOCABULARIES = { ...RECORDS, ...BODIES, ...PLANS, ...PORTAL } as const;

export type VocabularyName = keyof typeof VOCABULARIES;

/** The codes of a vocabulary. */
export const codesOf = (name: VocabularyName): readonly string[] => VOCABULARIES[name];

/** Whether a value is a code of the vocabulary. */
export const isVocabularyCode = (name: VocabularyName, value: unknown): boolean =>
  (VOCABULARIES[name] as readonly unknown[]).includes(value);
