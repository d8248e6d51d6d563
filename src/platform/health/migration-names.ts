import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MIGRATION_FILES } from '../../infra/database/migrations.js';

type Migration = { name?: string };

const readNames = async (): Promise<string[]> => {
  const folder = dirname(MIGRATION_FILES);
  const files = readdirSync(folder).filter((file) => file.endsWith('.js'));
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(folder, file)).href)));
  return modules
    .flatMap((module: Record<string, unknown>) => Object.values(module))
    .filter((exported): exported is new () => Migration => typeof exported === 'function')
    .map((migration) => new migration().name ?? migration.name);
};

let names: Promise<string[]> | undefined;

/** Names of the migrations this program knows, as TypeORM records them once they have run. */
export const migrationNames = (): Promise<string[]> => {
  names ??= readNames();
  return names;
};
