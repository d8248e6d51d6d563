import 'reflect-metadata';
import '../app.module.js';
import { openDataSource } from '../infra/database/database.js';
import { schemaDrift } from '../infra/database/drift.js';
import { platformEntities } from '../platform/platform-entities.js';
import { entities } from '../resource/entities.js';

/** Prints the SQL that a new migration has to hold; nothing when entities and `DATABASE_URL` agree. */
const source = await openDataSource({
  url: process.argv[2] ?? '',
  poolSize: 2,
  statementTimeoutMs: 60_000,
  entities: [...entities(), ...platformEntities],
});
for (const statement of await schemaDrift(source)) process.stdout.write(`${statement};\n`);
await source.destroy();
