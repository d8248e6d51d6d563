import type { EntityManager } from 'typeorm';
import { LANGUAGES, otherLanguage } from '../../kernel/languages.js';
import { snakeCase } from '../../resource/field.js';
import { localizedFields, type ResourceSpec, tableOf } from '../../resource/spec.js';

/** Who wrote the texts that differ from what the units knew, and from which originals they were made, in hex by field. */
export type Writing = {
  origin: 'human' | 'machine' | 'import';
  authorId: string | null;
  madeFrom?: Readonly<Record<string, string>>;
};

/** `text_fingerprint` spelled out: PostgreSQL calls a function of that kind anew for every text. */
const hash = (text: string): string => `sha256(convert_to(${text}, 'UTF8'))`;

/** Every text of a record behind `r` that has, or is, a text in the other language. */
const textsOf = (spec: ResourceSpec): string => {
  const rows = localizedFields(spec).flatMap(({ name }) =>
    LANGUAGES.map((language) => {
      const column = (one: string) => `r."${snakeCase(name)}_${one}"`;
      return `('${name}', '${language}', ${column(otherLanguage(language))}, ${column(language)})`;
    }),
  );
  return `"${tableOf(spec)}" r cross join lateral (values ${rows.join(', ')}) u(field, language, original, text)
    where r.source_language <> u.language and (u.original is not null or u.text is not null)`;
};

const WROTE = 'excluded.text_hash is distinct from t.text_hash';
/** What was said of the former text holds no longer; of an authentic pair neither text may change (bilingual.md). */
const REOPENED = `(${WROTE} or excluded.authentic <> t.authentic
  or excluded.authentic and excluded.original_hash is distinct from t.original_hash)`;
const FOLLOWED = ['original_hash', 'text_hash', 'authentic', 'record_state', 'audience', 'owner_id'];
const row = (alias: string): string => `(${FOLLOWED.map((column) => `${alias}.${column}`).join(', ')})`;

/**
 * Brings the units of a resource's records to what the records say: the rules of `kernel/translation-workflow.ts`
 * ("write", "original") for sets of records, since a load has thousands.
 */
const upsert = (spec: ResourceSpec, where: string): string => `insert into translation as t
    (id, record_id, resource, field, language, origin, state, source_hash, original_hash, text_hash, author_id,
     authentic, record_state, audience, owner_id, updated_at)
  select md5(r.id::text || '/' || u.field || '/' || u.language)::uuid, r.id, '${spec.name}', u.field, u.language,
    $1::text, 'draft',
    case when u.text is not null then coalesce(decode($3::jsonb->>u.field, 'hex'), ${hash('u.original')}) end,
    ${hash('u.original')}, ${hash('u.text')}, case when u.text is not null then $2::uuid end,
    r.source_language = 'both', r.state, r.audience, r.owner_id, now()
  from ${textsOf(spec)} and ${where}
  on conflict (record_id, field, language) do update set
    original_hash = excluded.original_hash, text_hash = excluded.text_hash, authentic = excluded.authentic,
    record_state = excluded.record_state, audience = excluded.audience, owner_id = excluded.owner_id,
    version = t.version + (${WROTE})::integer,
    origin = case when ${WROTE} then excluded.origin else t.origin end,
    author_id = case when ${WROTE} then excluded.author_id else t.author_id end,
    updated_at = case when ${WROTE} then excluded.updated_at else t.updated_at end,
    state = case when ${REOPENED} then 'draft' else t.state end,
    submitter_id = case when ${REOPENED} then null else t.submitter_id end,
    approver_id = case when ${REOPENED} then null else t.approver_id end,
    source_hash = case when excluded.text_hash is null then null
      when excluded.authentic then excluded.original_hash
      when ${WROTE} then excluded.source_hash else t.source_hash end
  where ${row('t')} is distinct from ${row('excluded')}`;

/** Units whose text is none any more: it became the original, or both texts went. */
const removal = (spec: ResourceSpec): string => `delete from translation t where t.record_id = $1 and not exists
  (select 1 from ${textsOf(spec)} and r.id = $1 and u.field = t.field and u.language = t.language)`;

type Statements = { one: string; all: string; removal: string };
const compiled = new Map<string, Statements>();

const statementsOf = (spec: ResourceSpec): Statements => {
  const known = compiled.get(spec.name);
  if (known) return known;
  const statements = { one: upsert(spec, 'r.id = $4::uuid'), all: upsert(spec, 'true'), removal: removal(spec) };
  compiled.set(spec.name, statements);
  return statements;
};

/**
 * Follows a change of one record, in its transaction.
 * @param isNew spares a new record the look for units that are none any more
 */
export const syncUnits = async (
  manager: EntityManager,
  spec: ResourceSpec,
  id: string,
  writing: Writing,
  isNew: boolean,
): Promise<void> => {
  if (localizedFields(spec).length === 0) return;
  const { one, removal } = statementsOf(spec);
  const { origin, authorId, madeFrom = {} } = writing;
  await manager.query(one, [origin, authorId, JSON.stringify(madeFrom), id]);
  if (!isNew) await manager.query(removal, [id]);
};

/** Makes or mends the units of every record of a resource, for records that were loaded past the portal. */
export const syncAllUnits = async (manager: EntityManager, spec: ResourceSpec): Promise<void> => {
  if (localizedFields(spec).length === 0) return;
  await manager.query(statementsOf(spec).all, ['import', null, '{}']);
};
