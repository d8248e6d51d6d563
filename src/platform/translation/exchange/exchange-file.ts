import type { Language } from '../../../kernel/languages.js';
import type { Standing } from '../../../kernel/translation-workflow.js';

/** Files in which texts leave the portal and return. */
export type ExchangeFormat = 'xliff2' | 'xliff12' | 'csv' | 'tmx';

/** Units of one file; as many as a bulk action takes. */
export const MOST_UNITS = 200;

/** A unit as it leaves. */
export type LeavingUnit = {
  id: string;
  resource: string;
  record: string;
  field: string;
  source: string;
  /** Empty where there is no translation yet. */
  target: string;
  standing: Standing;
  /** Of both texts as they left; see {@link fingerprintOf}. */
  fingerprint: string;
};

/** A unit as it returns; nothing in it is believed. */
export type ReturnedUnit = {
  id: string;
  into: Language | undefined;
  source: string;
  /** None where the file brings no translation. */
  target: string | undefined;
  fingerprint: string | undefined;
  /** Whether the file says that somebody has looked at the translation, so that it is handed on for approval. */
  reviewed: boolean;
};

/** A pair of texts out of a translation memory, in the order of the file. */
export type MemoryPair = { zh: string; ru: string };

/** What a file turned out to hold. */
export type ExchangeContent = { kind: 'units'; units: ReturnedUnit[] } | { kind: 'memory'; pairs: MemoryPair[] };

/** 128 bits of a SHA-256 in hexadecimal: enough to tell texts apart, short enough for a cell. */
const SHORT = 32;
const NONE = '0';

/**
 * What a unit was when it left: the fingerprints of its original and of its translation.
 * @param original SHA-256 in hexadecimal
 * @param text likewise, or nothing where there is no translation
 */
export const fingerprintOf = (original: string | null, text: string | null): string =>
  `${original?.slice(0, SHORT) ?? NONE}-${text?.slice(0, SHORT) ?? NONE}`;

const FINGERPRINT = /^([0-9a-f]{32})-([0-9a-f]{32}|0)$/;

/** Both halves of a fingerprint, or nothing where it is none. */
export const halvesOf = (fingerprint: string | undefined): { original: string; text: string } | undefined => {
  const [, original, text] = FINGERPRINT.exec(fingerprint?.trim() ?? '') ?? [];
  return original && text ? { original, text } : undefined;
};

/** A file that is not what it says it is, or lacks what its format demands. */
export class UnreadableFile extends Error {
  /** @param place number of the unit at fault, if one is */
  constructor(readonly place?: number) {
    super('unreadable');
  }
}
