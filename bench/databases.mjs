/**
 * The throw-away databases of the bench: migrated and seeded by the built portal, then filled up with generated leads.
 */
import { Client } from 'pg';
import { built } from './paths.mjs';

/** Runs work on one connection to a database. */
export async function withClient(url, work) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const databaseIn = (url, name) => {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.toString();
};

const TEMPLATE = 'seeded';

const createDatabase = async (cluster, name, template) => {
  await withClient(cluster.adminUrl, (client) =>
    client.query(`create database ${name} owner portal template ${template}`),
  );
  return databaseIn(cluster.url, name);
};

/**
 * The database that the others are cloned from: migrated and seeded as the portal itself does it.
 * @param cluster what `startTestCluster` returned
 */
export async function createTemplate(cluster) {
  const url = await createDatabase(cluster, TEMPLATE, 'template1');
  const { migrate } = await import(built('src/infra/database/migrations.js'));
  await migrate(url);
  await import(built('src/app.module.js'));
  const { seed } = await import(built('src/platform/seeding/seed.js'));
  await seed(url);
}

/**
 * A database of the seeded content and `count` leads more.
 * @returns its address
 */
export async function createFilledDatabase(cluster, name, count) {
  const url = await createDatabase(cluster, name, TEMPLATE);
  await withClient(databaseIn(cluster.adminUrl, name), (client) => fill(client, count));
  return url;
}

/** Indexes cost far more row by row than all at once, so what the migration made is put aside and made anew. */
async function fill(client, count) {
  const { rows } = await client.query(INDEXES);
  for (const { name } of rows) await client.query(`drop index ${name}`);
  // The generated rows refer to what is there: foreign keys need not be looked up a million times.
  await client.query('set session_replication_role = replica');
  await client.query("set maintenance_work_mem = '512MB'");
  for (const statement of [LEADS, INDUSTRIES_OF_LEADS, TRANSLATIONS_OF_LEADS]) await client.query(statement, [count]);
  for (const { definition } of rows) await client.query(definition);
  await client.query('vacuum (freeze, analyze)');
}

/** Those of leads and of what they are found by. */
const INDEXES = `
  select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i where i.indrelid in ('lead'::regclass, 'search_entry'::regclass) and not i.indisprimary and not i.indisunique`;

/** UUIDv7 of the n-th generated lead: by time, as the portal makes them. */
const leadId = (n) => `(lpad(to_hex(1760000000000 + ${n} * 60000::bigint), 12, '0') || '7000'
  || '8' || lpad(to_hex(${n} % 4096), 3, '0') || lpad(to_hex(${n}), 12, '0'))::uuid`;

/** Numbers are spread by a stride that shares no factor with the count, so that neighbours in time differ. */
const LEADS = `
  with known as materialized (
    select (select array_agg(id order by id) from organization where side = 'cn') as cn_owners,
           (select array_agg(id order by id) from organization where side = 'ru') as ru_owners,
           (select array_agg(id order by id) from zone) as zones,
           (select array_agg(id order by id) from region) as regions,
           (select array_agg(id order by id) from document) as documents)
  insert into lead (id, version, state, audience, source_language, created_at, updated_at, published_at, verbatim,
    kind, stage, phases, capacities, stage_log, owner_id, source_id, zone_id, region_id,
    name_zh, name_ru, summary_zh, summary_ru, construction_content_zh, construction_content_ru,
    total_investment_amount, total_investment_currency, total_investment_exactness,
    land_area_value, land_area_unit, land_area_exactness)
  select ${leadId('n')}, 1, 'published', 'public', case when n % 2 = 0 then 'zh' else 'ru' end,
    at, at, at + interval '1 day', true,
    (array['investment', 'investment', 'investment', 'tourism', 'science', 'education'])[1 + n % 6],
    (array['prospect', 'negotiating', 'signed', 'under-construction', 'trial-production', 'producing', 'paused', 'lost'])[1 + n / 6 % 8],
    1 + n % 3,
    jsonb_build_array(jsonb_build_object('name', jsonb_build_object('zh', '年加工能力', 'ru', 'Годовой объём переработки'),
      'quantity', jsonb_build_object('value', 1000 + n % 5000, 'unit', 't', 'exactness', 'about'))),
    jsonb_build_array(
      jsonb_build_object('stage', 'signed', 'on', date '2019-01-01' + n % 2000, 'planned', false,
        'text', jsonb_build_object('zh', '签约', 'ru', 'соглашение подписано'),
        'document', jsonb_build_object('id', documents[1 + n % cardinality(documents)])),
      jsonb_build_object('stage', 'producing', 'year', 2026, 'planned', true,
        'text', jsonb_build_object('zh', '计划投产', 'ru', 'планируется пуск'))),
    case when n % 4 < 2 then cn_owners[1 + n % least(2, cardinality(cn_owners))]
      else ru_owners[1 + n % least(2, cardinality(ru_owners))] end,
    documents[1 + n % cardinality(documents)], zones[1 + n % cardinality(zones)], regions[1 + n % cardinality(regions)],
    (array['木材加工', '粮食仓储', '冷链物流', '生物医药', '新能源', '跨境电商'])[1 + n % 6] || '项目' || n,
    (array['Деревообработка', 'Зернохранилище', 'Холодильный склад', 'Фармацевтика', 'Новая энергетика', 'Трансграничная торговля'])[1 + n % 6]
      || ', проект ' || n,
    '黑河片区招商项目，面向中俄两国合作伙伴，编号' || n || '。',
    'Инвестиционный проект Хэйхэского участка для партнёров двух стран, № ' || n || '.',
    '建设厂房、仓库及配套基础设施，建成后形成加工、仓储、销售一体化能力。',
    'Строительство производственных корпусов, складов и инфраструктуры; переработка, хранение и сбыт на одной площадке.',
    1000000 + n * 7919::bigint % 5000000000, case when n % 2 = 0 then 'CNY' else 'RUB' end, 'about',
    10000 + n % 90000, 'm2', 'exact'
  from known, generate_series(1, $1::integer) n,
    lateral (select timestamptz '2020-01-01T00:00:00Z' + n::bigint * 7919 % 200003 * interval '15 minutes' as at) spread`;

const INDUSTRIES_OF_LEADS = `
  with known as materialized (select array_agg(id order by id) as industries from industry)
  insert into lead_industries (record_id, target_id, position)
  select ${leadId('n')}, industries[1 + (n + k * 5) % cardinality(industries)], k
  from known, generate_series(1, $1::integer) n, generate_series(0, n % 2) k`;

/** Every text of the other language is an approved translation of the original as it stands. */
const TRANSLATIONS_OF_LEADS = `
  insert into translation (id, standing, record_id, field, language, resource, origin, state, source_hash, updated_at)
  select gen_random_uuid(), 'approved', lead.id, text.field, case lead.source_language when 'zh' then 'ru' else 'zh' end, 'lead', 'human', 'approved',
    text_fingerprint(case lead.source_language when 'zh' then text.zh else text.ru end), lead.updated_at
  from generate_series(1, $1::integer) n join lead on lead.id = ${leadId('n')},
    lateral (values ('name', name_zh, name_ru), ('summary', summary_zh, summary_ru),
      ('constructionContent', construction_content_zh, construction_content_ru)) text(field, zh, ru)`;
