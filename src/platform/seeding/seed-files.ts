import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Body } from '../../resource/body.js';
import { type Shape, snakeCase } from '../../resource/field.js';
import { type ResourceSpec, resources } from '../../resource/spec.js';
import { termSpec } from '../glossary/term.resource.js';
import type { TermValues } from '../glossary/term-values.js';
import { termsOfCsv } from '../glossary/terms-csv.js';

/** One row of a seed file: the body of a record in which references name keys, `{"key": "zone-tj"}`. */
export type SeedFileRow = { spec: ResourceSpec; key: string; hash: string; body: Body };

/** A row of a workflow's own table, which is no record: by member, the record that it links. */
export type SeedLink = { table: string; links: Record<string, { key: string }> };

/** Names of files by the tables that workflows keep beside their records: `decision-reviews` for `DecisionReview`. */
const tablesByFile = (): Map<string, string> => {
  const shapes: Shape[] = resources().flatMap(({ tables = [] }) => tables);
  const names = shapes.map(({ name }) => snakeCase(name).replace(/^_/, ''));
  return new Map(names.map((table) => [`${table.replaceAll('_', '-')}s`, table]));
};

const jsonFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();

/** Reads the files of {@link SeedLink}s, each an array of `{key, …links}`. */
export const readSeedLinks = (folder: string): SeedLink[] => {
  const tables = tablesByFile();
  return jsonFiles(folder).flatMap((file) => {
    const table = tables.get(file);
    if (!table) return [];
    const rows = JSON.parse(readFileSync(join(folder, `${file}.json`), 'utf8')) as Record<string, never>[];
    return rows.map(({ key: _, ...links }) => ({ table, links }));
  });
};
const hashOf = (body: Body): string => createHash('sha256').update(JSON.stringify(body)).digest('hex');

/**
 * Reads `seeds/<path>.json`, one file a resource, each an array of `{key, …body}`.
 * @throws when a file belongs to no resource or a key stands twice
 */
export const readSeedFiles = (folder: string): SeedFileRow[] => {
  const byPath = new Map(resources().map((spec) => [spec.path, spec]));
  const seen = new Set<string>();
  const rows: SeedFileRow[] = [];
  const tables = tablesByFile();
  for (const name of jsonFiles(folder)) {
    if (tables.has(name)) continue;
    const spec = byPath.get(name);
    const file = `${name}.json`;
    if (!spec) throw new Error(`seeds/${file} belongs to no resource`);
    for (const row of JSON.parse(readFileSync(join(folder, file), 'utf8')) as (Body & { key: string })[]) {
      if (seen.has(row.key)) throw new Error(`seeds/${file}: key ${row.key} stands twice`);
      seen.add(row.key);
      const { key, ...body } = row;
      rows.push({ spec, key, body, hash: hashOf(body) });
    }
  }
  return rows;
};

/** Both texts of a term of grade A are authentic; of the others the name of the place's own language came first. */
const sourceLanguageOf = ({ grade, domain }: TermValues): 'zh' | 'ru' | 'both' => {
  if (grade === 'A') return 'both';
  return domain === 'place-ru' ? 'ru' : 'zh';
};

/**
 * The terms of `glossary/terms.csv` as rows of a seed file: the table that the checks of the command line read is also
 * what a new portal begins with. Their key is the Chinese name within its domain.
 */
export const readGlossaryRows = (folder: string): SeedFileRow[] =>
  termsOfCsv(readFileSync(join(folder, 'glossary', 'terms.csv'), 'utf8')).map((values) => {
    const body: Body = { sourceLanguage: sourceLanguageOf(values), ...values };
    return { spec: termSpec, key: `term/${values.domain}/${values.name.zh}`, body, hash: hashOf(body) };
  });

/** Puts ids in the place of keys, at any depth. */
export const resolveKeys = (value: unknown, ids: ReadonlyMap<string, string>): unknown => {
  if (Array.isArray(value)) return value.map((item) => resolveKeys(item, ids));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  if (members.length === 1 && members[0]![0] === 'key') {
    const id = ids.get(members[0]![1] as string);
    if (!id) throw new Error(`no seed row has the key ${members[0]![1]}`);
    return { id };
  }
  return Object.fromEntries(members.map(([name, inner]) => [name, resolveKeys(inner, ids)]));
};
