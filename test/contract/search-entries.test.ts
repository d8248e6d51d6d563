import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import '../../src/app.module.js';
import { canonicalNumbers, exactLexeme, fold } from '../../src/kernel/search/folding.js';
import { fieldOf, snakeCase } from '../../src/resource/field.js';
import { type ResourceSpec, resources, tableOf } from '../../src/resource/spec.js';
import { createDatabase, dropDatabase } from '../support/portal.js';

let url: string;
let client: Client;
beforeAll(async () => {
  url = await createDatabase('portal_seeded');
  client = new Client({ connectionString: url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await dropDatabase(url);
});

const columnsOf = (spec: ResourceSpec, names: readonly string[]): string =>
  `{${names
    .flatMap((name) => {
      const { kind } = fieldOf(spec.entity, name);
      const column = snakeCase(name);
      if (kind === 'localized' || kind === 'localizedList') return [`${column}_zh`, `${column}_ru`];
      return [kind === 'reference' ? `${column}_id` : column];
    })
    .join(',')}}`;

/** What a migration has to say once for a resource, by its declaration. */
const coverOf = (spec: ResourceSpec): string => {
  const names = [...(spec.main ? [spec.main] : []), ...(spec.searchNames ?? [])];
  const texts = spec.searchable.filter((name) => !names.includes(name));
  const columns = [names, texts, spec.searchThrough ?? []].map((list) => `'${columnsOf(spec, list)}'`);
  return `select search_cover('${spec.name}', ${columns.join(', ')})`;
};

/** Every entry as it would be made anew from its record. */
const MADE = (spec: ResourceSpec): string => {
  const [, args] = /search_cover\((.*)\)$/.exec(coverOf(spec))!;
  return `select r.id, '${spec.name}' as resource, r.state, r.audience, r.owner_id, made.spelling, made.title::text, made.content::text
    from "${tableOf(spec)}" r, lateral search_made(to_jsonb(r), ${args}) made`;
};
const KEPT = (
  spec: ResourceSpec,
): string => `select record_id, resource, state, audience, owner_id, spelling, title::text, content::text
  from search_entry where resource = '${spec.name}'`;

const mustBeTheSame = async (spec: ResourceSpec): Promise<void> => {
  for (const [a, b] of [
    [KEPT(spec), MADE(spec)],
    [MADE(spec), KEPT(spec)],
  ]) {
    const { rows } = await client.query(`${a} except ${b}`);
    expect([spec.name, rows]).toEqual([spec.name, []]);
  }
};

describe('what records are found by', () => {
  it.each(resources().map((spec) => [spec.name, spec] as const))(
    'follows the records of %s by triggers that say what its declaration says',
    async (_, spec) => {
      const { rows } = await client.query(
        `select tgname, tgenabled, pg_get_triggerdef(oid) as text from pg_trigger
          where tgrelid = $1::regclass and tgname like 'search%' order by tgname`,
        [tableOf(spec)],
      );
      const names = ['search_delete', 'search_insert', 'search_truncate', 'search_update'];
      // Whoever declares a resource, or changes what it is found by, says this line in a migration.
      const args = /search_cover\((.*)\)$/.exec(coverOf(spec))![1];
      expect([coverOf(spec), rows.map((row) => [row.tgname, row.tgenabled])]).toEqual([
        coverOf(spec),
        names.map((name) => [name, 'A']),
      ]);
      for (const { text } of rows) expect(text).toContain(`search_follow(${args})`);
      await mustBeTheSame(spec);
    },
  );

  it('never differs from the record, whoever writes: single rows, whole loads, loads without triggers, removals', async () => {
    const spec = resources().find(({ name }) => name === 'industry')!;
    const insert = (from: number, to: number) =>
      client.query(
        `insert into industry (id, version, state, audience, source_language, created_at, updated_at, verbatim, code, name_zh, name_ru)
          select gen_random_uuid(), 1, 'draft', 'side', 'zh', now(), now(), true, 'n-' || n, '木材' || n, 'Лес № ' || n
          from generate_series($1::int, $2::int) n`,
        [from, to],
      );
    await insert(1, 50);
    await client.query('set session_replication_role = replica');
    await insert(51, 100);
    await client.query('set session_replication_role = default');
    await mustBeTheSame(spec);
    await client.query(
      `update industry set name_ru = 'Ёлка', state = 'published', audience = 'public' where code like 'n-1%'`,
    );
    await client.query(`update industry set owner_id = (select id from organization limit 1) where code = 'n-2'`);
    await mustBeTheSame(spec);
    const { rows } = await client.query(
      `select count(*)::int as n from search_entry where title @@ '''елка'''::tsquery`,
    );
    expect(rows[0].n).toBe(12);
    await client.query(`delete from industry where code like 'n-%'`);
    await mustBeTheSame(spec);
    await client.query('begin');
    await client.query('truncate industry cascade');
    for (const one of resources()) await mustBeTheSame(one);
    await client.query('rollback');
  });

  it('is folded and numbered alike by the program and the database', async () => {
    const texts = [
      ...['同政发〔2019〕32号', '同政发[2019]第032号', '同政发（2019）32 号', '商办贸函【2021】163号', 'x {2020} № 7.'],
      ...[
        '№ 32 от 02.12.2019',
        '№32',
        'No. 5',
        'no5',
        'piano 5',
        '第39次会议',
        '32号',
        '2019年',
        'Ёлка «Заря»',
        '開發區 １２',
        '第 7 号',
      ],
      ...['[2019]', '(2019) 1234567', 'а_б 50%', '2019-32', 'п. 5 ст. 7', '', 'Чан-Цзи-Ту', 'n32 n2019n5'],
    ];
    for (const text of texts) {
      const { rows } = await client.query(
        'select search_canonical(folded_text($1)) as canonical, search_exact(folded_text($1)) as exact',
        [text],
      );
      expect([text, rows[0]]).toEqual([text, { canonical: canonicalNumbers(fold(text)), exact: exactLexeme(text) }]);
    }
  });

  it('is looked up by indexes', async () => {
    await client.query('set enable_seqscan = off');
    for (const [condition, index] of [
      [`title @@ '''同江'''::tsquery`, 'search_entry_title'],
      [`content @@ (plainto_tsquery('pg_catalog.russian', 'Тунцзяне') || '''同江'''::tsquery)`, 'search_entry_content'],
      [`'тунцзань' <% spelling`, 'search_entry_spelling'],
    ]) {
      const { rows } = await client.query(`explain select record_id from search_entry where ${condition}`);
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(`on ${index}`);
    }
  });
});
