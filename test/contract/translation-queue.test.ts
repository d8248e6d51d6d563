import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { EntityManager } from 'typeorm';
import '../../src/app.module.js';
import { leadSpec } from '../../src/features/leads/lead.resource.js';
import type { AccountActor } from '../../src/kernel/actor.js';
import { unitQuery } from '../../src/platform/translation/unit-query.js';
import { statementOf } from '../../src/platform/translation/unit-queue.js';
import { unitScope } from '../../src/platform/translation/unit-scope.js';
import { syncAllUnits } from '../../src/platform/translation/unit-sync.js';
import { createDatabase, dropDatabase } from '../support/portal.js';

const LEADS = 20_000;
const ID = '01900000-0000-7000-8000-000000000001';
const official: AccountActor = {
  ...{ kind: 'account', id: ID, roles: ['official'], side: 'cn', organizationId: ID, translatesInto: [] },
};
const translator: AccountActor = { ...official, roles: ['translator'], translatesInto: ['ru'] };

/** Copies of a loaded lead, as many as make a scan of all units costly. */
const COPIES = `insert into lead (id, version, state, audience, source_language, created_at, updated_at, published_at, kind, name_zh, summary_zh)
  select gen_random_uuid(), 1, 'published', 'public', 'zh', now(), now(), now(), 'investment', '冷链项目' || n, '冷链仓储' || n
  from generate_series(1, ${LEADS}) n`;

describe('the queue of texts to translate, with very many records', () => {
  let url: string;
  let client: Client;
  beforeAll(async () => {
    url = await createDatabase('portal_seeded');
    client = new Client({ connectionString: `${url}?options=-c%20random_page_cost%3D1.1` });
    await client.connect();
    await client.query(COPIES);
    const manager = { query: async (text: string, values: unknown[]) => (await client.query(text, values)).rows };
    await syncAllUnits(manager as unknown as EntityManager, leadSpec);
    await client.query('analyze translation');
  }, 60_000);
  afterAll(async () => {
    await client?.end();
    await dropDatabase(url);
  });

  it('has a unit for every text of what was loaded past the portal, and the same after another look', async () => {
    const count = async () =>
      (
        await client.query(
          `select count(*)::int as n from translation where resource = 'lead' and standing = 'missing'`,
        )
      ).rows[0].n as number;
    const before = await count();
    expect(before).toBeGreaterThanOrEqual(2 * LEADS);
    const manager = { query: async (text: string, values: unknown[]) => (await client.query(text, values)).rows };
    await syncAllUnits(manager as unknown as EntityManager, leadSpec);
    expect(await count()).toBe(before);
  });

  it.each([
    [official, {}, 'translation_rank'],
    [translator, {}, 'translation_rank'],
    [official, { language: 'ru', state: 'missing' }, 'translation_standing'],
    [official, { resource: 'lead' }, 'translation_r'],
    [official, { sort: 'age' }, 'translation_since'],
    [official, { sort: '-age' }, 'translation_since'],
    [official, { assignee: ID }, 'translation_assignee'],
    [official, { record: ID }, 'translation_record'],
  ])('is read by an index (%#)', async (actor, parameters, index) => {
    const query = unitQuery(new Map(Object.entries(parameters)), actor);
    const { text, values } = statementOf(unitScope(actor), query, 21);
    const { rows } = await client.query(`explain ${text}`, values);
    const plan = rows.map((row) => row['QUERY PLAN'] as string).join('\n');
    expect(plan).toContain(index);
    expect(plan).not.toContain('Seq Scan on translation');
  });
});
