import { createHash, randomBytes } from 'node:crypto';
import type { AccessFacts } from '../../kernel/access.js';
import { canonicalJson } from '../../kernel/canonical-json.js';

/** A field before and after a change; `null` where it had no value. */
export type FieldDifference = { before: unknown; after: unknown };

/** What an entry says and its hash covers, apart from its place in the chain. */
export type Statement = {
  /** ISO 8601 in UTC with milliseconds. */
  at: string;
  actorKind: string;
  actorId: string | null;
  organizationId: string | null;
  side: string | null;
  action: string;
  objectResource: string | null;
  objectId: string | null;
  objectVersion: number | null;
  changes: Record<string, FieldDifference> | null;
  facts: { before: AccessFacts | null; after: AccessFacts | null } | null;
  requestId: string | null;
  reason: unknown;
};

/** What identifies a person, kept beside the chain: the chain holds its hash, so that it can be erased. */
export type Personal = Record<string, string>;

/** One entry as it is stored. */
export type Entry = Statement & {
  seq: number;
  personal: Personal | null;
  personalSalt: Buffer | null;
  /** Null where there never was anything personal. */
  personalHash: Buffer | null;
  previousHash: Buffer;
  hash: Buffer;
};

/** What stands before the first entry. */
export const GENESIS: Buffer = Buffer.alloc(32);

const SALT_BYTES = 16;

/** SHA-256(salt ‖ canonical personal data): without the salt nobody can tell by trying what it was. */
export const hashPersonal = (salt: Buffer, personal: Personal): Buffer =>
  createHash('sha256').update(salt).update(canonicalJson(personal)).digest();

/** The personal part of a new entry, with a salt of its own. */
export const sealPersonal = (personal: Personal | null): Pick<Entry, 'personal' | 'personalSalt' | 'personalHash'> => {
  if (personal === null || Object.keys(personal).length === 0) {
    return { personal: null, personalSalt: null, personalHash: null };
  }
  const personalSalt = randomBytes(SALT_BYTES);
  return { personal, personalSalt, personalHash: hashPersonal(personalSalt, personal) };
};

/** SHA-256(previous hash ‖ canonical entry), over everything an entry says but the personal part itself. */
export const hashEntry = (entry: Omit<Entry, 'hash' | 'personal' | 'personalSalt'>): Buffer => {
  const { previousHash, personalHash, ...said } = entry;
  const { hash: _hash, personal: _personal, personalSalt: _salt, ...covered } = said as Partial<Entry>;
  const bytes = canonicalJson({ ...covered, personalHash: personalHash?.toString('hex') ?? null });
  return createHash('sha256').update(previousHash).update(bytes).digest();
};

/**
 * The entry that follows another.
 * @param previous seq and hash of the last entry; none for the first
 */
export const chainEntry = (
  statement: Statement & Pick<Entry, 'personal' | 'personalSalt' | 'personalHash'>,
  previous: Pick<Entry, 'seq' | 'hash'> | undefined,
): Entry => {
  const placed = { ...statement, seq: (previous?.seq ?? 0) + 1, previousHash: previous?.hash ?? GENESIS };
  return { ...placed, hash: hashEntry(placed) };
};
