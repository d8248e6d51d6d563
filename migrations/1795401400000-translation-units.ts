import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a text is to whoever looks for work, and its place in the queue, follow from its fingerprints and its state. A
 * trigger, because they must hold whoever writes, and because the queue is read by index.
 */
const DERIVE = `create function translation_derive() returns trigger language plpgsql as $$
  begin
    new.standing := case
      when new.text_hash is null then 'missing'
      when not new.authentic and new.source_hash is distinct from new.original_hash then 'stale'
      when new.state = 'draft' and new.origin = 'machine' then 'machine'
      else new.state end;
    new.rank := case when new.standing = 'approved' then 40 else 0 end
      + case when new.audience = 'public' then 0 else 10 end
      + case new.standing when 'stale' then 0 when 'missing' then 1 when 'machine' then 2 when 'draft' then 3 else 4 end;
    if tg_op = 'INSERT' or new.standing is distinct from old.standing then new.since := now(); end if;
    return new;
  end $$`;

const COLUMNS = [
  '"id" uuid',
  '"version" integer not null default 1',
  '"authentic" boolean not null default false',
  '"original_hash" bytea',
  '"text_hash" bytea',
  `"standing" text not null default 'missing'`,
  '"rank" integer not null default 0',
  '"since" timestamp with time zone not null default now()',
  `"record_state" text not null default 'draft'`,
  `"audience" text not null default 'public'`,
  '"owner_id" uuid',
  '"submitter_id" uuid',
  '"assignee_id" uuid',
  '"claimed_until" timestamp with time zone',
  '"approved_at" timestamp with time zone',
  '"approved_text" text',
  '"approved_original" text',
];

const TABLES = [
  `create table "translation_waiver" (
    "id" uuid not null,
    "record_id" uuid not null,
    "field" text not null,
    "check" text not null,
    "message" text not null,
    "language" text not null,
    "excerpt" text not null,
    "zh_hash" bytea not null,
    "ru_hash" bytea not null,
    "reason" jsonb not null,
    "author_id" uuid not null,
    "created_at" timestamp with time zone not null,
    constraint "translation_waiver_pkey" primary key ("id"))`,
  'create index "translation_waiver_pair" on "translation_waiver" ("record_id", "field")',
  `create table "translation_comment" (
    "id" uuid not null,
    "unit_id" uuid not null,
    "text" jsonb not null,
    "author_id" uuid not null,
    "created_at" timestamp with time zone not null,
    constraint "translation_comment_pkey" primary key ("id"))`,
  'create index "translation_comment_unit" on "translation_comment" ("unit_id", "id")',
];

const INDEXES = [
  'create unique index "translation_id" on "translation" ("id")',
  'create index "translation_rank" on "translation" ("rank", "since", "id")',
  'create index "translation_standing" on "translation" ("standing", "rank", "since", "id")',
  'create index "translation_resource" on "translation" ("resource", "rank", "since", "id")',
  'create index "translation_since" on "translation" ("since", "id")',
  'create index "translation_assignee" on "translation" ("assignee_id") where assignee_id is not null',
  'create index "translation_memory" on "translation" using gin ("approved_original" gin_trgm_ops) where approved_original is not null',
];

const UNIT_ID = "md5(r.id::text || '/' || u.field || '/' || u.language)::uuid";
const hash = (text: string): string => `sha256(convert_to(${text}, 'UTF8'))`;
const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A unit for every text of a record that has one in the other language, as records stood when this was made. */
const unitsOf = (table: string, columns: readonly string[]): string => {
  const texts = columns.flatMap((column) =>
    [
      ['zh', 'ru'],
      ['ru', 'zh'],
    ].map(
      ([language, other]) =>
        `('${camelCase(column)}', '${language}', r."${column}_${other}", r."${column}_${language}")`,
    ),
  );
  return `insert into translation as t (id, record_id, resource, field, language, origin, state, source_hash, original_hash,
      text_hash, authentic, record_state, audience, owner_id, updated_at)
    select ${UNIT_ID}, r.id, '${table.replaceAll('_', '-')}', u.field, u.language, 'import', 'draft',
      case when u.text is not null then ${hash('u.original')} end, ${hash('u.original')}, ${hash('u.text')},
      r.source_language = 'both', r.state, r.audience, r.owner_id, r.updated_at
    from "${table}" r cross join lateral (values ${texts.join(', ')}) u(field, language, original, text)
    where r.source_language <> u.language and (u.original is not null or u.text is not null)
    on conflict (record_id, field, language) do update set id = excluded.id, original_hash = excluded.original_hash,
      text_hash = excluded.text_hash, authentic = excluded.authentic, record_state = excluded.record_state,
      audience = excluded.audience, owner_id = excluded.owner_id`;
};

/** Tables of records and their natural texts, read off the schema of this moment. */
const textColumns = async (runner: QueryRunner): Promise<Map<string, string[]>> => {
  const rows = (await runner.query(
    `select c.table_name as name, substr(c.column_name, 1, length(c.column_name) - 3) as field
       from information_schema.columns c
      where c.table_schema = current_schema() and c.column_name like '%\\_zh' and c.data_type = 'text' and c.column_name <> 'remark_zh'
        and exists (select 1 from information_schema.columns s where s.table_schema = c.table_schema
          and s.table_name = c.table_name and s.column_name = 'source_language')
      order by c.table_name, c.ordinal_position`,
  )) as { name: string; field: string }[];
  const tables = new Map<string, string[]>();
  for (const { name, field } of rows) tables.set(name, [...(tables.get(name) ?? []), field]);
  return tables;
};

/** Every text that needs a translation becomes a unit of work. */
export class TranslationUnits1795401400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table "translation" ${COLUMNS.map((column) => `add column ${column}`).join(', ')}`);
    await runner.query(DERIVE);
    await runner.query(`create trigger translation_derive before insert or update on translation
      for each row execute function translation_derive()`);
    for (const [table, columns] of await textColumns(runner)) await runner.query(unitsOf(table, columns));
    await runner.query('delete from translation where id is null');
    await runner.query('alter table translation alter column id set not null');
    for (const statement of [...INDEXES, ...TABLES]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "translation_comment", "translation_waiver"');
    await runner.query('drop trigger translation_derive on translation');
    await runner.query('drop function translation_derive()');
    await runner.query('delete from translation where text_hash is null');
    const names = COLUMNS.map((column) => column.split(' ')[0]);
    await runner.query(`alter table "translation" ${names.map((name) => `drop column ${name}`).join(', ')}`);
  }
}
