import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf } from '../support/actors.js';
import { built } from '../support/built.js';
import { startPortal, type TestPortal } from '../support/portal.js';

type Seeding = typeof import('../../src/platform/seeding/seed.js');
type Row = { key: string; summary?: { zh: string; ru: string } };

const COLD_CHAIN = 'lead-jingdu-cold-chain';
const TIMBER = 'lead-zhonglin-timber';

describe('seeding', () => {
  let portal: TestPortal;
  let folder: string;
  let seed: Seeding['seed'];

  const edit = (file: string, key: string, change: (row: Row) => void): void => {
    const path = join(folder, file);
    const rows = JSON.parse(readFileSync(path, 'utf8')) as Row[];
    change(rows.find((row) => row.key === key)!);
    writeFileSync(path, JSON.stringify(rows));
  };
  const idOf = async (key: string): Promise<string> =>
    (await portal.sql('select record_id from seed_row where key = $1', [key]))[0]!.record_id as string;

  beforeAll(async () => {
    portal = await startPortal();
    folder = mkdtempSync(join(tmpdir(), 'portal-seeds-'));
    cpSync(new URL('../../seeds', import.meta.url), folder, { recursive: true });
    await built('app.module.js');
    ({ seed } = await built<Seeding>('platform/seeding/seed.js'));
  });
  afterAll(async () => {
    await portal.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('loads nothing twice', async () => {
    const report = await seed(portal.databaseUrl, folder);
    for (const counts of Object.values(report)) expect(counts).toMatchObject({ created: 0, updated: 0, kept: 0 });
    expect(report.leads!.unchanged).toBe(11);
  });

  it('D65 a decision of the examples has come back once, and comes back no second time', async () => {
    const actor = await actorOf(portal, 'org-eao-gov');
    const [next, item] = [await idOf('meeting-example-leaders-next'), await idOf('item-example-next-3')];
    const agenda = async () => (await portal.ask(`/meetings/${next}/agenda`)).body.items;
    const before = await agenda();
    expect(before.map(({ id }: { id: string }) => id)).toContain(item);
    const change = { form: 'online' };
    const headers = { 'If-Match': '"v1-all"' };
    expect((await portal.ask(`/meetings/${next}`, { method: 'PATCH', actor, headers, json: change })).status).toBe(200);
    expect(await agenda()).toHaveLength(before.length);
    const reviews = await portal.sql('select agenda_item_id as item from decision_review where meeting_id = $1', [
      next,
    ]);
    expect(reviews).toEqual([{ item }]);
  });

  it('A14 tells nobody but partners of people in the examples', async () => {
    const actor = await actorOf(portal, 'org-amur-gov');
    for (const resource of ['delegation', 'delegate']) {
      const told = async (options: object) => (await portal.ask(`/changes?resource=${resource}`, options)).body.items;
      expect(await told({})).toEqual([]);
      expect((await told({ actor })).length).toBeGreaterThan(1);
    }
  });

  it('updates what changed in the files and keeps what somebody has edited', async () => {
    const actor = await actorOf(portal, 'org-tongjiang-gov');
    const [edited, changed] = [await idOf(COLD_CHAIN), await idOf(TIMBER)];
    const patch = await portal.ask(`/leads/${edited}`, {
      method: 'PATCH',
      actor,
      headers: { 'If-Match': '"v1-all"' },
      json: { summary: { ru: 'Уточнено городом.' } },
    });
    expect(patch.status).toBe(200);
    for (const key of [COLD_CHAIN, TIMBER]) {
      edit('leads.json', key, (row) => Object.assign(row.summary!, { ru: 'Из нового файла.' }));
    }
    const report = await seed(portal.databaseUrl, folder);
    expect(report.leads).toEqual({ created: 0, updated: 1, unchanged: 9, kept: 1 });
    expect((await portal.ask(`/leads/${edited}`)).body.summary.ru).toBe('Уточнено городом.');
    expect((await portal.ask(`/leads/${changed}`)).body).toMatchObject({
      version: 2,
      summary: { ru: 'Из нового файла.' },
    });
    expect((await seed(portal.databaseUrl, folder)).leads).toEqual({ created: 0, updated: 0, unchanged: 10, kept: 1 });
  });

  it('loads all or nothing', async () => {
    edit('zones.json', 'zone-tj', (row) => Object.assign(row, { kind: 'no-such-kind' }));
    edit('clusters.json', 'cluster-suihua', (row) => Object.assign(row, { remark: { zh: '已核实。' } }));
    await expect(seed(portal.databaseUrl, folder)).rejects.toThrow('zone-tj');
    expect((await portal.ask(`/clusters/${await idOf('cluster-suihua')}`)).body.version).toBe(1);
  });
});
