/**
 * `npm run openapi`: writes docs/openapi.zh.json and docs/openapi.ru.json, which are checked in and compared with
 * what the portal serves. No database is needed: the documents are made of declarations.
 */
import { nodeIsRecent } from '../infra/lifecycle/node-version.js';

if (nodeIsRecent()) {
  const { writeFileSync } = await import('node:fs');
  const { join } = await import('node:path');
  const { NestFactory } = await import('@nestjs/core');
  const { pino } = await import('pino');
  const { DataSource } = await import('typeorm');
  const { AppModule } = await import('../app.module.js');
  const { projectFolder, readConfig } = await import('../infra/config/config.js');
  const { Database } = await import('../infra/database/database.js');
  const { LANGUAGES } = await import('../kernel/languages.js');
  const { OpenApiDocuments } = await import('../platform/openapi/open-api-documents.js');

  const database = new Database(new DataSource({ type: 'postgres' }), 0);
  const root = AppModule.with(readConfig({}, 'command'), database, pino({ level: 'silent' }));
  const documents = (await NestFactory.create(root, { logger: false, abortOnError: false })).get(OpenApiDocuments);
  for (const language of LANGUAGES) {
    const file = join(projectFolder, 'docs', `openapi.${language}.json`);
    writeFileSync(file, `${JSON.stringify(documents.build(language), null, 2)}\n`);
    process.stdout.write(`${file}\n`);
  }
} else process.exitCode = 1;
