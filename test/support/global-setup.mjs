import { Client } from 'pg';

/** A module of the build: what runs in the tests is what `npm start` runs. */
const built = (path) => import(new URL(`../../dist/${path}`, import.meta.url).href);

const inDatabase = (adminUrl, name) => Object.assign(new URL(adminUrl), { pathname: `/${name}` }).toString();

const create = async (adminUrl, name, template) => {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`create database ${name} template ${template}`);
  await client.end();
  return inDatabase(adminUrl, name);
};

const OLDEST_NODE = 22;

/** One throw-away PostgreSQL for the whole run, with an empty and a seeded template that tests clone. */
export default async () => {
  // An older Node writes the address of a lock otherwise and would take the clusters of other runs for abandoned.
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) throw new Error('run the tests with npm test');
  const { startTestCluster } = await built('test/support/cluster.js');
  const { migrate } = await built('src/infra/database/migrations.js');
  await built('src/app.module.js');
  const { seed } = await built('src/platform/seeding/seed.js');

  const cluster = await startTestCluster();
  globalThis.testCluster = cluster;
  process.env.TEST_CLUSTER_URL = cluster.adminUrl;
  await migrate(await create(cluster.adminUrl, 'portal_empty', 'template0'));
  await seed(await create(cluster.adminUrl, 'portal_seeded', 'portal_empty'));
};
