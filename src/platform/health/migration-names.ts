import { migrationClasses } from '../../infra/database/migrations.js';

const readNames = async (): Promise<string[]> =>
  (await migrationClasses()).map((migration) => new migration().name ?? migration.name);

let names: Promise<string[]> | undefined;

/** Names of the migrations this program knows, as TypeORM records them once they have run. */
export const migrationNames = (): Promise<string[]> => {
  names ??= readNames();
  return names;
};
