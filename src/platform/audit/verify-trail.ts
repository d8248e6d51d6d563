import type { DataSource } from 'typeorm';
import type { Entry } from './chain.js';
import { isSignedBy, type SignedHead } from './head-signing.js';
import { readHeads } from './heads-file.js';
import { storedEntries } from './stored-entries.js';
import { type Verdict, verifyChain } from './verify.js';

/** What a verification found: the verdict on the chain, and what the file of heads is worth. */
export type TrailVerdict = Verdict & {
  /** Heads that were signed with none of the trusted keys, or not for what they say. */
  untrusted: number;
  /** Lines of the file that are no heads, such as one that a crash cut off. */
  unreadable: number;
};

const headOf = ({ seq, hash }: SignedHead) => ({ seq, hash: Buffer.from(hash, 'base64url') });

const entriesOf = (source: DataSource): AsyncGenerator<Entry> =>
  storedEntries(async (text, values) => {
    const rows = (await source.query(text, values)) as { entry: string }[];
    return rows.map(({ entry }) => entry);
  });

/**
 * Verifies the trail of a database against itself and against the signed heads.
 * @param headsPath file of signed heads, that of the data folder or a copy kept elsewhere
 * @param trustedKeys public keys of the portal in base64url
 */
export const verifyTrail = async (
  source: DataSource,
  headsPath: string,
  trustedKeys: readonly string[],
): Promise<TrailVerdict> => {
  // Read before the entries: a portal that goes on writing meanwhile signs nothing that is not found below.
  const { heads, unreadable } = readHeads(headsPath);
  const trusted = heads.filter((head) => isSignedBy(head, trustedKeys));
  const verdict = await verifyChain(entriesOf(source), trusted.map(headOf));
  return { ...verdict, untrusted: heads.length - trusted.length, unreadable };
};
