import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Chinese characters, as `han_grams` of the first migration knows them. */
const HAN = '\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3fffd}';

/** Brackets in which the year of a document number may stand; NFKC has made one of most pairs already. */
const [OPEN, CLOSE] = ['[〔[(【〈《<{]', '[]〕)】〉》>}]'];
const YEAR = '(?:19|20)[0-9]{2}';

/**
 * Document numbers in one form, whatever brackets they were typed with: 同政发〔2019〕32号 → 同政发 n2019n32. The same
 * steps as `canonicalNumbers` of `resource/search/folding.ts`; a test compares the two.
 */
const NUMBERS = [
  [`${OPEN} ?(${YEAR})年? ?${CLOSE} ?第? ?(?:no\\.? ?)?0*([0-9]{1,6})(?![0-9]) ?号?`, ' n\\1n\\2 '],
  ['(?:\\mno\\.? ?|第 ?)0*([0-9]{1,6})(?![0-9]) ?号?', ' n\\1 '],
  ['\\m0*([0-9]{1,6})号', ' n\\1 '],
] as const;

const replaced = (text: string, steps: readonly (readonly [string, string])[]): string =>
  steps.reduce((sql, [pattern, by]) => `regexp_replace(${sql}, '${pattern}', '${by}', 'g')`, text);

/** What else a document number is found by: the number without its year, and the figures alone. */
const PARTS = [
  [`\\mn(${YEAR})n([0-9]+)\\M`, ' n\\1n\\2 n\\2 \\1 '],
  ['\\mn([0-9]{1,6})\\M', ' n\\1 \\1 '],
] as const;

const FUNCTIONS = [
  `create function search_canonical(folded text) returns text
    language sql immutable strict parallel safe
    return case when folded ~ '[0-9]' then ${replaced('folded', NUMBERS)} else folded end`,
  // A whole name as one lexeme, by which it comes before all that merely hold its words.
  `create function search_exact(folded text) returns text
    language sql immutable strict parallel safe
    return '=' || left(btrim(regexp_replace(search_canonical(folded), '[^[:alnum:]]+', ' ', 'g')), 200)`,
  /*
   * What a folded text is found by: characters and pairs of Chinese, stems and words of everything else. Positions are
   * left out: nothing asks for the distance of two words, and they would double the size.
   */
  `create function search_lexemes(folded text) returns tsvector
    language plpgsql immutable strict parallel safe as $$
    declare
      canonical text := search_canonical(folded);
      rest text;
    begin
      if strpos(canonical, ' n') > 0 then
        canonical := ${replaced('canonical', PARTS)};
      end if;
      rest := regexp_replace(canonical, '[${HAN}]+|[^[:alnum:]]+', ' ', 'g');
      return array_to_tsvector(han_grams(canonical)) || strip(to_tsvector('pg_catalog.russian', rest))
        || strip(to_tsvector('pg_catalog.simple', rest));
    end $$`,
  // Every text under the named columns of a row: language columns, lists of names, members of value objects.
  `create function search_strings(record jsonb, columns text[]) returns text[]
    language plpgsql immutable strict parallel safe as $$
    declare
      name text;
      texts text[] := '{}';
    begin
      foreach name in array columns loop
        if jsonb_typeof(record -> name) = 'string' then
          texts := texts || (record ->> name);
        elsif jsonb_typeof(record -> name) in ('array', 'object') then
          texts := texts || array(select piece #>> '{}'
            from jsonb_path_query(record -> name, 'strict $.** ? (@.type() == "string")') piece);
        end if;
      end loop;
      return texts;
    end $$`,
];

const TABLE = [
  `create table "search_entry" (
    "record_id" uuid not null,
    "resource" text not null,
    "state" text not null,
    "audience" text not null,
    "owner_id" uuid,
    "spelling" text not null,
    "title" tsvector not null,
    "content" tsvector not null,
    constraint "search_entry_pkey" primary key ("record_id", "resource"))`,
];

/** Made when the table is full: row by row they cost several times as much. */
const INDEXES = [
  'create index "search_entry_resource" on "search_entry" ("resource", "record_id")',
  'create index "search_entry_title" on "search_entry" using gin ("title")',
  'create index "search_entry_content" on "search_entry" using gin ("content")',
  'create index "search_entry_spelling" on "search_entry" using gin ("spelling" gin_trgm_ops)',
];

/** What is said of the triggers' arguments: resource, columns of its names, of its other texts, of records it refers to. */
const FOLLOW = `create function search_follow() returns trigger language plpgsql as $$
  begin
    if tg_op = 'TRUNCATE' then
      delete from search_entry where resource = tg_argv[0];
    elsif tg_op = 'DELETE' then
      delete from search_entry e using gone where e.record_id = gone.id and e.resource = tg_argv[0];
    else
      insert into search_entry as e
        select c.id, tg_argv[0], c.state, c.audience, c.owner_id, made.*
        from changed c, lateral search_made(to_jsonb(c), tg_argv[0], tg_argv[1]::text[], tg_argv[2]::text[], tg_argv[3]::text[]) made
      on conflict (record_id, resource) do update
        set state = excluded.state, audience = excluded.audience, owner_id = excluded.owner_id,
          spelling = excluded.spelling, title = excluded.title, content = excluded.content
        where (e.state, e.audience, e.owner_id, e.spelling, e.title, e.content) is distinct from
          (excluded.state, excluded.audience, excluded.owner_id, excluded.spelling, excluded.title, excluded.content);
    end if;
    return null;
  end $$`;

const MADE = `create function search_made(record jsonb, resource text, names text[], texts text[], referred text[],
    out spelling text, out title tsvector, out content tsvector)
  language plpgsql immutable parallel safe as $$
  declare
    called text[] := array(select folded_text(name) from unnest(search_strings(record, names)) name);
    marker tsvector := array_to_tsvector(array['#' || resource]);
  begin
    spelling := array_to_string(called, ' ');
    title := search_lexemes(spelling) || marker;
    content := title || search_lexemes(folded_text(array_to_string(search_strings(record, texts), ' ')))
      || array_to_tsvector(array(select distinct '@' || id from unnest(search_strings(record, referred)) id));
    title := title || array_to_tsvector(array(select distinct search_exact(name) from unnest(called) name));
  end $$`;

/** Has the entries of a resource follow its records, those that are there included: one line for a new resource. */
const COVER = `create function search_cover(resource text, names text[], texts text[], referred text[]) returns void
  language plpgsql as $$
  declare
    followed regclass := replace(resource, '-', '_')::regclass;
    arguments text := format('%L, %L, %L, %L', resource, names, texts, referred);
    one record;
  begin
    for one in select * from (values
        ('insert', 'referencing new table as changed'), ('update', 'referencing new table as changed'),
        ('delete', 'referencing old table as gone'), ('truncate', '')) event(name, tables) loop
      execute format('drop trigger if exists %I on %s', 'search_' || one.name, followed);
      execute format('create trigger %I after %s on %s %s for each statement execute function search_follow(%s)',
        'search_' || one.name, one.name, followed, one.tables, arguments);
      execute format('alter table %s enable always trigger %I', followed, 'search_' || one.name);
    end loop;
    execute format('delete from search_entry where resource = %L', resource);
    execute format('insert into search_entry select r.id, %L, r.state, r.audience, r.owner_id, made.*
      from %s r, lateral search_made(to_jsonb(r), %s) made', resource, followed, arguments);
  end $$`;

/** What leads had of their own for the same purpose: a text and two indexes, one of them by trigrams. */
const derivedOfLead = (more: string): string => `create or replace function lead_derive() returns trigger
  language plpgsql as $$
    begin
      new.owner_side := (select side from organization where id = new.owner_id);
      ${more}return new;
    end $$`;

const LEAD_TEXT = `new.search_text := folded_text(concat_ws(' ', new.name_zh, new.name_ru, new.summary_zh, new.summary_ru,
        new.construction_content_zh, new.construction_content_ru));
      `;

const both = (...fields: string[]): string[] => fields.flatMap((field) => [`${field}_zh`, `${field}_ru`]);

/** Resource, columns of its names, of its other texts, and of records whose names it is found by. */
const COVERED: [resource: string, names: string[], texts: string[], referred: string[]][] = [
  ['region', both('name', 'short_name', 'aliases'), [], []],
  ['organization', both('name', 'short_name', 'aliases'), [], ['region_id']],
  ['document', [...both('title'), 'number'], both('summary', 'issuer_names', 'party_names', 'addressees'), []],
  ['clause', both('title'), both('summary'), []],
  ['mechanism', both('name'), both('summary'), []],
  ['membership', [], both('role_title', 'post'), []],
  ['pairing', [], both('summary'), ['cn_organization_id', 'ru_organization_id']],
  ['meeting', both('title'), both('venue'), ['host_region_id', 'host_organization_id', 'mechanism_id']],
  ['agenda-item', both('title'), both('summary'), []],
  ['delegation', both('name'), both('note'), []],
  ['delegate', both('name'), both('post'), []],
  ['minutes-item', both('text'), [], []],
  ['decision', both('text'), [], []],
  ['matter', both('title'), both('summary'), []],
  ['matter-level-note', [], both('note'), []],
  ['plan', both('title'), both('summary'), []],
  ['section', both('title'), both('summary'), []],
  ['task', both('title'), both('summary'), []],
  ['zone', both('name', 'aliases'), both('summary'), ['region_id']],
  ['facility', both('name'), both('summary'), ['region_id']],
  ['industry', both('name'), [], []],
  ['cluster', both('name'), both('summary'), []],
  ['lead', both('name'), both('summary', 'construction_content'), ['region_id', 'zone_id']],
  ['policy', both('title'), both('summary'), []],
  ['finance-product', both('name'), both('summary'), []],
  ['indicator', both('name'), both('summary'), []],
  ['observation', [], both('note'), []],
  ['practice-case', both('title'), both('summary'), []],
];

const textArray = (columns: readonly string[]): string => `'{${columns.join(',')}}'`;

/**
 * One table that every search reads: who may see a record, and what it is found by. Triggers of whole statements keep
 * it, so that rows written by a load or by hand are found as well, and so that a load stays quick.
 */
export class SearchEntries1795401500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...FUNCTIONS, ...TABLE, MADE, FOLLOW, COVER, derivedOfLead('')]) {
      await runner.query(statement);
    }
    await runner.query('alter table lead drop column search_text');
    for (const [resource, ...columns] of COVERED) {
      await runner.query(`select search_cover('${resource}', ${columns.map(textArray).join(', ')})`);
    }
    for (const index of INDEXES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table lead add search_text text');
    await runner.query(derivedOfLead(LEAD_TEXT));
    await runner.query('update lead set name_zh = name_zh');
    await runner.query('create index lead_search_text on lead using gin (search_text gin_trgm_ops)');
    await runner.query('create index lead_search_grams on lead using gin (han_grams(search_text))');
    await runner.query('drop function search_follow() cascade');
    await runner.query('drop function search_cover(text, text[], text[], text[])');
    await runner.query('drop function search_made(jsonb, text, text[], text[], text[])');
    await runner.query('drop table search_entry');
    await runner.query(
      'drop function search_strings(jsonb, text[]), search_lexemes(text), search_exact(text), search_canonical(text)',
    );
  }
}
