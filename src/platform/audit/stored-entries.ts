import type { Database } from '../../infra/database/database.js';
import type { Entry } from './chain.js';

/** Columns of an entry as JSON in its own names; hashes in hexadecimal. Time is written as the hash covers it. */
const ENTRY_JSON = `json_build_object('seq', a.seq,
  'at', to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'actorKind', a.actor_kind,
  'actorId', a.actor_id, 'organizationId', a.organization_id, 'side', a.side, 'action', a.action,
  'objectResource', a.object_resource, 'objectId', a.object_id, 'objectVersion', a.object_version,
  'changes', a.changes, 'facts', a.facts, 'requestId', a.request_id, 'reason', a.reason, 'personal', a.personal,
  'personalSalt', encode(a.personal_salt, 'hex'), 'personalHash', encode(a.personal_hash, 'hex'),
  'previousHash', encode(a.previous_hash, 'hex'), 'hash', encode(a.hash, 'hex'))::text as entry`;

const BYTES = ['personalSalt', 'personalHash', 'previousHash', 'hash'] as const;

const entryOf = (json: string): Entry => {
  const entry = JSON.parse(json) as Record<string, unknown>;
  const bytes = BYTES.map((name) => [name, entry[name] === null ? null : Buffer.from(entry[name] as string, 'hex')]);
  return { ...entry, ...Object.fromEntries(bytes) } as Entry;
};

/** Asks the database and yields the first column of each row. */
export type Ask = (text: string, values: unknown[]) => Promise<string[]>;

const BATCH = 1_000;

/** Every entry in order of seq, in batches: however long the trail, little of it is in memory. */
export async function* storedEntries(ask: Ask): AsyncGenerator<Entry> {
  for (let last = 0; ; ) {
    const batch = await ask(`select ${ENTRY_JSON} from audit a where a.seq > $1 order by a.seq limit ${BATCH}`, [last]);
    for (const json of batch) {
      const entry = entryOf(json);
      last = entry.seq;
      yield entry;
    }
    if (batch.length < BATCH) return;
  }
}

/** The entries about one object in order of seq. */
export const entriesAbout = async (
  database: Pick<Database, 'rows'>,
  resource: string,
  id: string,
): Promise<Entry[]> => {
  const text = `select ${ENTRY_JSON} from audit a where a.object_id = $1 and a.object_resource = $2 order by a.seq`;
  const rows = await database.rows({ text, values: [id, resource] });
  return rows.map(([json]) => entryOf(json!));
};
