import type { EntityManager } from 'typeorm';
import { takeTurn } from '../changes/commit-order.js';
import { chainEntry, type Entry } from './chain.js';
import type { NewEntry } from './new-entry.js';

type LastRow = { seq: string; hash: Buffer };

const lastEntry = async (manager: EntityManager): Promise<Pick<Entry, 'seq' | 'hash'> | undefined> => {
  const [row] = (await manager.query('select seq, hash from audit order by seq desc limit 1')) as LastRow[];
  return row && { seq: Number(row.seq), hash: row.hash };
};

const COLUMNS = [
  ...['seq', 'at', 'actor_kind', 'actor_id', 'organization_id', 'side', 'action'],
  ...['object_resource', 'object_id', 'object_version', 'changes', 'facts', 'request_id', 'reason'],
  ...['personal', 'personal_salt', 'personal_hash', 'previous_hash', 'hash'],
];

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** In the order of `COLUMNS`. */
const valuesOf = (entry: Entry): unknown[] => [
  ...[entry.seq, entry.at, entry.actorKind, entry.actorId, entry.organizationId, entry.side, entry.action],
  ...[entry.objectResource, entry.objectId, entry.objectVersion, json(entry.changes), json(entry.facts)],
  ...[entry.requestId, json(entry.reason), json(entry.personal), entry.personalSalt, entry.personalHash],
  ...[entry.previousHash, entry.hash],
];

const INSERT = `insert into audit (${COLUMNS.join(', ')}) values (${COLUMNS.map((_, n) => `$${n + 1}`).join(', ')})`;

/**
 * Adds entries to the end of the chain. The lock is held until the transaction ends, so this comes last in it; the
 * last entry is read by a statement of its own, whose snapshot is taken only once the lock is there.
 */
export const appendEntries = async (manager: EntityManager, entries: readonly NewEntry[]): Promise<void> => {
  await takeTurn(manager);
  let previous = await lastEntry(manager);
  for (const entry of entries) {
    const chained = chainEntry(entry, previous);
    await manager.query(INSERT, valuesOf(chained));
    previous = chained;
  }
};
