import { readdirSync } from 'node:fs';
import { DataSource, type MigrationInterface } from 'typeorm';
import { SnakeNaming } from './naming.js';

/** Compiled migrations, found beside the compiled sources. */
const FOLDER = new URL('../../../migrations/', import.meta.url);

/** Names of the compiled files, in the order in which they run. */
const migrationFiles = (): string[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.js'))
    .sort();

export type MigrationClass = new () => MigrationInterface;

/** The classes of all migrations, read one after the other and not by a pattern of TypeORM's, which reads all at once. */
export const migrationClasses = async (): Promise<MigrationClass[]> => {
  const classes: MigrationClass[] = [];
  for (const name of migrationFiles()) {
    const exported = (await import(new URL(name, FOLDER).href)) as Record<string, MigrationClass>;
    classes.push(...Object.values(exported));
  }
  return classes;
};

/** Only one process migrates at a time; the number is the portal's own. */
const MIGRATION_LOCK = 7_252_019;

const withMigrations = async <Result>(
  databaseUrl: string,
  work: (source: DataSource) => Promise<Result>,
): Promise<Result> => {
  const source = new DataSource({
    type: 'postgres',
    url: databaseUrl,
    migrations: await migrationClasses(),
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeNaming(),
    installExtensions: false,
    extra: { max: 2, options: '-c timezone=UTC -c lock_timeout=2000' },
  });
  await source.initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
};

/**
 * Brings the schema up to date.
 * @returns names of the migrations that ran, in order
 */
export const migrate = (databaseUrl: string): Promise<string[]> =>
  withMigrations(databaseUrl, async (source) => {
    const runner = source.createQueryRunner();
    await runner.query('set lock_timeout = 0');
    await runner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      return (await source.runMigrations()).map((migration) => migration.name);
    } finally {
      await runner.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await runner.release();
    }
  });

/** Names of the migrations that the database still lacks. */
export const pendingMigrations = (databaseUrl: string): Promise<string[]> =>
  withMigrations(databaseUrl, async (source) => {
    const known = source.migrations.map((migration) => migration.name ?? migration.constructor.name);
    const [table] = (await source.query(`select to_regclass('migration') as name`)) as { name: string | null }[];
    if (!table?.name) return known;
    const run = new Set(
      ((await source.query('select name from migration')) as { name: string }[]).map((row) => row.name),
    );
    return known.filter((name) => !run.has(name));
  });
