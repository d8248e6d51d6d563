import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { createDatabase, dropDatabase } from '../support/portal.js';
import { type Child, freePort, projectFolder, statusOf, until, Workshop } from './support.js';

const main = join(projectFolder, 'dist', 'src', 'main.js');

const workshop = new Workshop();
const databases: string[] = [];
afterEach(async () => {
  await workshop.cleanUp();
  for (const url of databases.splice(0)) await dropDatabase(url);
}, 60_000);

type Running = { child: Child; api: string; databaseUrl: string };

/** The portal as `npm start` runs it, on a seeded database. */
const start = async (): Promise<Running> => {
  const databaseUrl = await createDatabase('portal_seeded');
  databases.push(databaseUrl);
  const port = await freePort();
  const env = {
    DATABASE_URL: databaseUrl,
    PORTAL_SECRET_KEY: 'k'.repeat(32),
    PORT: String(port),
    PORTAL_LOG_LEVEL: 'info',
    PORTAL_DATA_DIR: join(workshop.folder(), 'data'),
  };
  const child = workshop.run([main], { env });
  await child.says(/Портал запущен/);
  return { child, api: `http://127.0.0.1:${port}/api/v1`, databaseUrl };
};

/** One request; the error's code where it fails. */
const ask = (url: string, agent: Agent): Promise<number | string> =>
  new Promise((resolve) => {
    const request = get(url, { agent }, (response) => {
      response.resume();
      response.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
      response.once('end', () => resolve(response.complete ? response.statusCode! : 'cut off'));
    });
    request.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
  });

/** Holds up every statement on the leads until it is let go. */
const holdLeads = async (databaseUrl: string): Promise<() => Promise<void>> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('begin; lock table lead in access exclusive mode');
  return async () => {
    await client.query('rollback');
    await client.end();
  };
};

describe('the portal told to stop', () => {
  it('H119 under load fails no request that it has taken, finishes what is under way and ends before the deadline', async () => {
    const { child, api, databaseUrl } = await start();
    const kept: (number | string)[] = [];
    const fresh: (number | string)[] = [];
    let refusing = false;
    const client = async (keepAlive: boolean): Promise<void> => {
      const agent = new Agent({ keepAlive, maxSockets: 1 });
      while (!refusing) {
        const outcome = await ask(`${api}/regions?limit=5`, agent);
        if (outcome === 'ECONNREFUSED') refusing = true;
        else (keepAlive ? kept : fresh).push(outcome);
      }
      agent.destroy();
    };
    const clients = Promise.all([true, true, true, true, false, false].map(client));
    await until('load is there', () => kept.length > 50 && fresh.length > 20);
    const release = await holdLeads(databaseUrl);
    const slow = ask(`${api}/leads?limit=5`, new Agent());
    await sleep(200);
    const began = performance.now();
    child.process.kill('SIGTERM');
    await sleep(500);
    await release();
    expect(await slow).toBe(200);
    expect(await child.ends()).toBe(0);
    expect(performance.now() - began).toBeLessThan(25_000);
    await clients;
    expect(new Set(kept)).toEqual(new Set([200]));
    // A connection that the system had taken in, but not yet the portal, is reset when the door closes: one a client.
    expect(fresh.filter((outcome) => outcome !== 200).length).toBeLessThanOrEqual(2);
    expect(child.output).toMatch(/"msg":"request finished"/);
    expect(child.output).not.toMatch(/"brokenOff":true|"level":"(warn|error|fatal)"|"status":[45]/);
  });

  it('H119 twice ends at once, whatever is under way', async () => {
    const { child, api, databaseUrl } = await start();
    const release = await holdLeads(databaseUrl);
    try {
      const slow = ask(`${api}/leads?limit=5`, new Agent());
      await sleep(200);
      child.process.kill('SIGTERM');
      await child.says(/Портал останавливается/);
      await sleep(700);
      const began = performance.now();
      child.process.kill('SIGTERM');
      expect(await child.ends()).toBe(143);
      expect(performance.now() - began).toBeLessThan(5_000);
      expect(typeof (await slow)).toBe('string');
    } finally {
      await release();
    }
  });

  it('H119 says on its way out that it is not ready', async () => {
    const { child, api } = await start();
    const ready = api.replace('/api/v1', '/health/ready');
    expect(await statusOf(ready)).toBe(200);
    child.process.kill('SIGTERM');
    await until('it is not ready any more', async () => (await statusOf(ready)) !== 200);
    expect(await child.ends()).toBe(0);
  });
});
