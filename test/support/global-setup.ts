import { Client } from 'pg';
import { startTestCluster } from './cluster.js';

/** One throw-away PostgreSQL for the whole run, with an empty and a seeded template that tests clone. */
export default async (): Promise<void> => {
  const cluster = await startTestCluster();
  Object.assign(globalThis, { testCluster: cluster });
  process.env.TEST_CLUSTER_URL = cluster.adminUrl;
  await prepare(cluster.adminUrl, 'portal_empty', false);
  await prepare(cluster.adminUrl, 'portal_seeded', true);
};

const prepare = async (adminUrl: string, name: string, seeded: boolean): Promise<void> => {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const { migrate } =
    await built<typeof import('../../src/infra/database/migrations.js')>('infra/database/migrations.js');
  await migrate(url.toString());
  if (!seeded) return;
  await built('app.module.js');
  const { seed } = await built<typeof import('../../src/platform/seeding/seed.js')>('platform/seeding/seed.js');
  await seed(url.toString());
};

/** A module of the build: what runs in the tests is what `npm start` runs. */
const built = <Module>(path: string): Promise<Module> =>
  import(new URL(`../../dist/src/${path}`, import.meta.url).href);
