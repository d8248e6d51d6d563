import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import '../../src/app.module.js';
import { leadSpec } from '../../src/features/leads/lead.resource.js';
import { ANONYMOUS } from '../../src/kernel/actor.js';
import type { LanguageChoice } from '../../src/kernel/languages.js';
import { parseListQuery } from '../../src/resource/list-query.js';
import { positionsStatement } from '../../src/resource/list-statement.js';
import { readContext, scopeOf } from '../../src/resource/scope.js';
import { createDatabase, dropDatabase } from '../support/portal.js';

const ID = '01900000-0000-7000-8000-000000000001';

/** Which index each list must be answered by, as the migrations and the statements name the same expressions. */
const ORDERS: [parameters: Record<string, string>, index: string, choice?: LanguageChoice][] = [
  [{}, 'lead_published_last'],
  [{ sort: 'publishedAt' }, 'lead_published_first'],
  [{ sort: '-createdAt' }, 'lead_created_last'],
  [{ sort: 'createdAt' }, 'lead_created_first'],
  [{ sort: 'totalInvestment' }, 'lead_investment_lowest'],
  [{ sort: '-totalInvestment' }, 'lead_investment_highest'],
  [{ sort: 'name' }, 'lead_name_zh', 'zh'],
  [{ sort: '-name' }, 'lead_name_ru', 'ru'],
  [{ sort: 'name' }, 'lead_name', 'all'],
  [{ stage: 'signed' }, 'lead_stage'],
  [{ kind: 'tourism' }, 'lead_kind'],
  [{ zone: ID }, 'lead_zone'],
  [{ region: ID }, 'lead_region'],
  [{ owner: ID }, 'lead_owner'],
  [{ side: 'ru' }, 'lead_owner_side'],
  [{ industry: ID }, 'lead_industries_newest'],
  [{ missing: 'zh' }, 'lead_lacks_zh'],
  [{ missing: 'ru' }, 'lead_lacks_ru'],
];

const COLLECTED: [parameters: Record<string, string>, index: string][] = [
  [{ q: '合作' }, 'search_entry_content'],
  [{ q: '木' }, 'search_entry_content'],
  [{ q: 'Тунцзян' }, 'search_entry_content'],
  [{ investmentMin: '99000000000' }, 'lead_investment_from'],
  [{ investmentMax: '1' }, 'lead_investment_to'],
];

describe('indexes of leads', () => {
  let url: string;
  let client: Client;
  beforeAll(async () => {
    url = await createDatabase('portal_seeded');
    client = new Client({ connectionString: url });
    await client.connect();
    await client.query('set enable_seqscan = off');
  });
  afterAll(async () => {
    await client?.end();
    await dropDatabase(url);
  });

  const planOf = async (parameters: Record<string, string>, choice: LanguageChoice): Promise<string> => {
    const query = parseListQuery(leadSpec, new Map(Object.entries(parameters)));
    const scope = scopeOf(ANONYMOUS);
    const { text, values } = positionsStatement(leadSpec, query, readContext(scope, choice), scope);
    const { rows } = await client.query(`explain ${text}`, values);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };

  it.each(ORDERS)('give the list %j in its order by %s', async (parameters, index, choice = 'all') => {
    await client.query('set enable_sort = off');
    await client.query('set enable_bitmapscan = off');
    const plan = await planOf(parameters, choice);
    expect(plan).toMatch(new RegExp(`using "?${index}"? on lead`));
    expect(plan).not.toMatch(/Sort/);
  });

  it.each(COLLECTED)('collect the records of %j by %s', async (parameters, index) => {
    await client.query('reset enable_sort');
    await client.query('reset enable_bitmapscan');
    await client.query('set enable_indexscan = on');
    expect(await planOf(parameters, 'all')).toMatch(new RegExp(`(on|using) "?${index}"?`));
  });

  it('have the owner’s side beside the lead, and its date beside its industries', async () => {
    const one = async (text: string) => (await client.query(text)).rows[0];
    const { id, owner_id: owner } = await one('select id, owner_id from lead limit 1');
    await client.query(`update organization set side = 'ru' where id = '${owner}'`);
    expect(await one(`select owner_side from lead where id = '${id}'`)).toEqual({ owner_side: 'ru' });
    const { published_at: day } = await one(
      `update lead set published_at = '2026-01-02' where id = '${id}' returning published_at`,
    );
    const links = await client.query(`select distinct published_at from lead_industries where record_id = '${id}'`);
    expect(links.rows).toEqual([{ published_at: day }]);
    await client.query(`update lead set owner_id = null where id = '${id}'`);
    expect(await one(`select owner_side from lead where id = '${id}'`)).toEqual({ owner_side: null });
  });
});
