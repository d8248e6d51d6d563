import { afterEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { built } from '../support/built.js';
import { createDatabase, dropDatabase } from '../support/portal.js';

type Migrations = typeof import('../../src/infra/database/migrations.js');
type MigrationClass = import('../../src/infra/database/migrations.js').MigrationClass;
type Drift = typeof import('../../src/infra/database/drift.js');
type DatabaseModule = typeof import('../../src/infra/database/database.js');
type Entities = typeof import('../../src/resource/entities.js');
type Platform = typeof import('../../src/platform/platform-entities.js');

const query = async (url: string, text: string): Promise<Record<string, unknown>[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

const openSource = async (url: string, migrations: MigrationClass[]) => {
  await built('app.module.js');
  const { entities } = await built<Entities>('resource/entities.js');
  const { platformEntities } = await built<Platform>('platform/platform-entities.js');
  const { openDataSource } = await built<DatabaseModule>('infra/database/database.js');
  return openDataSource({
    url,
    poolSize: 2,
    statementTimeoutMs: 60_000,
    entities: [...entities(), ...platformEntities],
    migrations,
  });
};

describe('migrations', () => {
  let url: string;
  afterEach(() => dropDatabase(url));

  it('leave nothing that the entities declare undone', async () => {
    url = await createDatabase('portal_empty');
    const { schemaDrift } = await built<Drift>('infra/database/drift.js');
    const source = await openSource(url, []);
    try {
      expect(await schemaDrift(source)).toEqual([]);
      await source.query('alter table lead drop column kind');
      expect(await schemaDrift(source)).not.toEqual([]);
    } finally {
      await source.destroy();
    }
  });

  it('run on an empty database, once, and can be taken back to nothing', async () => {
    url = await createDatabase('portal_empty');
    const { migrate, pendingMigrations, migrationClasses } = await built<Migrations>('infra/database/migrations.js');
    expect(await pendingMigrations(url)).toEqual([]);
    expect(await migrate(url)).toEqual([]);
    const source = await openSource(url, await migrationClasses());
    const count = source.migrations.length;
    for (let step = 0; step < count; step += 1) await source.undoLastMigration();
    await source.destroy();
    const left = await query(
      url,
      `select tablename from pg_tables where schemaname = 'public' and tablename <> 'migration'`,
    );
    expect(left).toEqual([]);
    expect(await pendingMigrations(url)).toHaveLength(count);
    const [first, second] = await Promise.all([migrate(url), migrate(url)]);
    expect([...first, ...second]).toHaveLength(count);
  });

  it('refuse a required text that is said in neither language, also below the API', async () => {
    url = await createDatabase('portal_seeded');
    await expect(query(url, 'update lead set name_zh = null, name_ru = null')).rejects.toMatchObject({ code: '23514' });
  });
});
