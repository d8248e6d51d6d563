import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestCluster, type TestCluster } from '../support/cluster.js';
import { type Child, Embedded, freePort, projectFolder, Workshop } from './support.js';

const program = (...path: string[]): string[] => [join(projectFolder, 'dist', 'src', ...path)];
const workshop = new Workshop();

const run = (name: 'migrate' | 'seed', env: Record<string, string>): Child =>
  workshop.run(program('cli', `${name}.js`), { env });

const fails = async (child: Child): Promise<string> => {
  expect([await child.ends(), child.output]).toEqual([1, expect.not.stringMatching(/^\\s+at /m)]);
  return child.output;
};

const succeeds = async (child: Child): Promise<string> => {
  expect([await child.ends(), child.output]).toEqual([0, expect.anything()]);
  return child.output;
};

afterEach(() => workshop.cleanUp(), 120_000);

describe('on the embedded database', () => {
  test('migrate and seed start it, do their work once, and stop it', async () => {
    const folder = join(workshop.folder(), '.data');
    const env = { PORTAL_DATA_DIR: folder };
    expect(await succeeds(run('migrate', env))).toMatch(/Выполнен/);
    expect(new Embedded(folder).running).toEqual([]);
    expect(await succeeds(run('migrate', env))).toMatch(/миграции не требуются/);
    expect(await succeeds(run('seed', env))).toMatch(/Начальные данные загружены/);
    expect(await succeeds(run('seed', env))).toMatch(/Начальные данные актуальны/);
    expect(new Embedded(folder).running).toEqual([]);
  });

  test('they leave a folder alone that a portal works on, and say so', async () => {
    const folder = join(workshop.folder(), '.data');
    const port = await freePort();
    const portal = workshop.run(program('main.js'), { env: { PORT: String(port), PORTAL_DATA_DIR: folder } });
    await portal.says(/Портал запущен/);
    const said = await fails(run('seed', { PORTAL_DATA_DIR: folder }));
    for (const word of [String(portal.pid), `http://127.0.0.1:${port}`, folder]) expect(said).toContain(word);
    expect(portal.exit).toBeUndefined();
  });
});

describe('on a server of one’s own', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await startTestCluster();
  });

  afterAll(() => cluster?.stop());

  test('seed asks for the migrations, migrate needs no key for cursors', async () => {
    const env = { DATABASE_URL: cluster.url };
    expect(await fails(run('seed', env))).toContain('npm run migrate');
    expect(await succeeds(run('migrate', env))).toMatch(/Выполнен/);
    expect(await succeeds(run('seed', env))).toMatch(/Начальные данные загружены/);
  });
});
