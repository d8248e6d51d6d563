import { join } from 'node:path';
import type { EntityManager } from 'typeorm';
import { projectFolder } from '../../infra/config/config.js';
import { openDataSource } from '../../infra/database/database.js';
import type { Audience } from '../../kernel/access.js';
import { SYSTEM } from '../../kernel/actor.js';
import { newId } from '../../kernel/ids.js';
import { type Body, validateBody } from '../../resource/body.js';
import type { Change, ChangeListener } from '../../resource/changes.js';
import { entities } from '../../resource/entities.js';
import { snakeCase } from '../../resource/field.js';
import { tableOf } from '../../resource/spec.js';
import { columnValues, readStored, writeLinks } from '../../resource/stored.js';
import { appendEntries } from '../audit/append.js';
import { newEntry } from '../audit/new-entry.js';
import { appendToFeed, entriesOf } from '../feed/feed.listener.js';
import { platformEntities } from '../platform-entities.js';
import { TranslationListener } from '../translation/translation.listener.js';
import {
  readGlossaryRows,
  readSeedFiles,
  readSeedLinks,
  resolveKeys,
  type SeedFileRow,
  type SeedLink,
} from './seed-files.js';

/** What a run did, by resource path. `kept` rows were edited since they were loaded and are left alone. */
export type SeedReport = Record<string, { created: number; updated: number; unchanged: number; kept: number }>;

/** Who is told of each row; the trail has one entry for the whole. */
const FOLLOWERS: readonly ChangeListener[] = [
  new TranslationListener(),
  { onChange: async (change, manager) => appendToFeed(manager, change, await entriesOf(change, manager)) },
];

type KnownRow = { key: string; record_id: string; content_hash: string; version: number };
type Outcome = keyof SeedReport[string];

/** Only one process seeds at a time; the number is the portal's own. */
const SEED_LOCK = 7_252_020;

/**
 * Loads the content of `seeds/` and the terms of `glossary/terms.csv` by natural key in one transaction: new rows are created and published, rows whose
 * file changed are updated, and a row that somebody has edited since is never overwritten.
 * All resources must have been defined before (import `app.module`).
 */
export const seed = async (databaseUrl: string, folder = join(projectFolder, 'seeds')): Promise<SeedReport> => {
  const source = await openDataSource({
    url: databaseUrl,
    poolSize: 2,
    statementTimeoutMs: 60_000,
    entities: [...entities(), ...platformEntities],
  });
  try {
    const rows = [...readSeedFiles(folder), ...readGlossaryRows(projectFolder)];
    return await source.transaction((manager) => load(manager, rows, readSeedLinks(folder)));
  } finally {
    await source.destroy();
  }
};

const load = async (manager: EntityManager, rows: SeedFileRow[], links: SeedLink[]): Promise<SeedReport> => {
  await manager.query('select pg_advisory_xact_lock($1)', [SEED_LOCK]);
  await manager.query('set constraints all deferred');
  const known = new Map(
    ((await manager.query('select key, record_id, content_hash, version from seed_row')) as KnownRow[]).map((row) => [
      row.key,
      row,
    ]),
  );
  const ids = new Map(rows.map((row) => [row.key, known.get(row.key)?.record_id ?? newId()]));
  const versions = await currentVersions(manager, rows);
  const report: SeedReport = {};
  for (const row of rows) {
    report[row.spec.path] ??= { created: 0, updated: 0, unchanged: 0, kept: 0 };
    const outcome = await loadRow(manager, row, ids, known.get(row.key), versions);
    report[row.spec.path]![outcome] += 1;
  }
  for (const link of links) await insertLink(manager, link, ids);
  await tellTrail(manager, report);
  return report;
};

/** A link of loaded records; one that stands already stays as it is. */
const insertLink = async (manager: EntityManager, { table, links }: SeedLink, ids: ReadonlyMap<string, string>) => {
  const linked = Object.entries(resolveKeys(links, ids) as Record<string, { id: string }>);
  const columns = linked.map(([name]) => `"${snakeCase(name)}_id"`);
  const places = linked.map((_, n) => `$${n + 1}`);
  await manager.query(
    `insert into "${table}" (${columns.join(', ')}) values (${places.join(', ')}) on conflict do nothing`,
    linked.map(([, { id }]) => id),
  );
};

/** One entry for the whole load, with what it did by resource; none where it did nothing. */
const tellTrail = async (manager: EntityManager, report: SeedReport): Promise<void> => {
  const done = Object.entries(report)
    .filter(([, { created, updated }]) => created + updated > 0)
    .map(([path, { created, updated }]) => [path, { created, updated }]);
  if (done.length === 0) return;
  await appendEntries(manager, [newEntry({ actor: SYSTEM, action: 'content.load', after: Object.fromEntries(done) })]);
};

/** Versions of the loaded records, by id. */
const currentVersions = async (manager: EntityManager, rows: SeedFileRow[]): Promise<Map<string, number>> => {
  const versions = new Map<string, number>();
  for (const spec of new Set(rows.map((row) => row.spec))) {
    const found = (await manager.query(
      `select r.id, r.version from "${tableOf(spec)}" r join seed_row s on s.record_id = r.id`,
    )) as { id: string; version: number }[];
    for (const { id, version } of found) versions.set(id, version);
  }
  return versions;
};

const loadRow = async (
  manager: EntityManager,
  row: SeedFileRow,
  ids: ReadonlyMap<string, string>,
  known: KnownRow | undefined,
  versions: ReadonlyMap<string, number>,
): Promise<Outcome> => {
  if (known?.content_hash === row.hash) return 'unchanged';
  if (known && versions.get(known.record_id) !== known.version) return 'kept';
  const body = checkedBody(row, ids);
  const id = ids.get(row.key)!;
  const stored = known ? await readStored(manager, row.spec, id) : undefined;
  const before = stored?.body;
  const version = (known?.version ?? 0) + 1;
  await (known ? updateRecord(manager, row, id, version, body) : insertRecord(manager, row, id, body));
  await writeLinks(manager, row.spec, id, body, before);
  const ownerId = (body.owner as { id: string } | undefined)?.id ?? null;
  const change: Change = {
    kind: known ? 'updated' : 'created',
    spec: row.spec,
    id,
    version,
    actor: SYSTEM,
    ...(stored && { before: stored.body, factsBefore: stored.facts, languagesBefore: stored.languages }),
    after: body,
    facts: { state: 'published', audience: body.audience as Audience, ownerId, ownerSide: null },
  };
  for (const listener of FOLLOWERS) await listener.onChange(change, manager);
  await manager.query(
    `insert into seed_row (key, resource, record_id, content_hash, version) values ($1, $2, $3, $4, $5)
     on conflict (key) do update set content_hash = excluded.content_hash, version = excluded.version`,
    [row.key, row.spec.name, id, row.hash, version],
  );
  return known ? 'updated' : 'created';
};

const checkedBody = (row: SeedFileRow, ids: ReadonlyMap<string, string>): Body => {
  try {
    return validateBody(row.spec, resolveKeys(row.body, ids) as Body);
  } catch (error) {
    const faults = JSON.stringify((error as { options?: { errors?: unknown } }).options?.errors ?? String(error));
    throw new Error(`seeds/${row.spec.path}.json, ${row.key}: ${faults}`);
  }
};

/** All of the content stands in published documents or is an example, so it is published from the start. */
const insertRecord = async (manager: EntityManager, row: SeedFileRow, id: string, body: Body): Promise<void> => {
  const now = new Date();
  const values = { id, version: 1, state: 'published', createdAt: now, updatedAt: now, publishedAt: now };
  await manager
    .createQueryBuilder()
    .insert()
    .into(row.spec.entity)
    .values({ ...values, ...columnValues(row.spec, body) } as never)
    .updateEntity(false)
    .execute();
};

const updateRecord = async (manager: EntityManager, row: SeedFileRow, id: string, version: number, body: Body) => {
  const values = { ...columnValues(row.spec, body), version, updatedAt: new Date() };
  await manager
    .createQueryBuilder()
    .update(row.spec.entity)
    .set(values as never)
    .where('id = :id', { id })
    .execute();
};
