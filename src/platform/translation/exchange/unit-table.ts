import { parseCsv, writeCsv } from '../../../kernel/csv.js';
import { harmlessCell, originalCell } from '../../../kernel/csv-cells.js';
import { type Language, otherLanguage } from '../../../kernel/languages.js';
import { type LeavingUnit, type ReturnedUnit, UnreadableFile } from './exchange-file.js';
import { languageOfTag } from './records.js';

const COLUMNS = [
  ...['id', 'resource', 'record', 'field', 'sourceLanguage', 'source', 'targetLanguage', 'target'],
  ...['state', 'fingerprint'],
] as const;

/** Without these a row says nothing. */
const NEEDED = ['id', 'source', 'targetLanguage', 'target', 'fingerprint'];

const REVIEWED = ['in-review', 'approved'];

/** Units as a table; it begins with a byte order mark, by which spreadsheets know UTF-8. */
export const writeUnitTable = (units: readonly LeavingUnit[], into: Language): string => {
  const rows = units.map(({ id, resource, record, field, source, target, standing, fingerprint }) =>
    [id, resource, record, field, otherLanguage(into), source, into, target, standing, fingerprint].map(harmlessCell),
  );
  return `\uFEFF${writeCsv([[...COLUMNS], ...rows])}`;
};

const unitOf = (values: ReadonlyMap<string, string>): ReturnedUnit => {
  // Spreadsheets write breaks within a cell in their own way.
  const cell = (name: string) => originalCell((values.get(name) ?? '').replaceAll('\r\n', '\n'));
  return {
    id: cell('id').trim(),
    into: languageOfTag(cell('targetLanguage')),
    source: cell('source'),
    target: cell('target') === '' ? undefined : cell('target'),
    fingerprint: cell('fingerprint'),
    reviewed: REVIEWED.includes(cell('state').trim()),
  };
};

/** Breaks and commas of any table that people work in; cells cost more memory than their characters. */
const MOST_CELLS = 500_000;

const isModest = (text: string): boolean => {
  let count = 0;
  for (const _ of text.matchAll(/[\n,]/g)) {
    count += 1;
    if (count > MOST_CELLS) return false;
  }
  return true;
};

/**
 * Units of a table, by the names in its first row, in whatever order the columns come.
 * @throws UnreadableFile where columns are missing or the table is none
 */
export const readUnitTable = (text: string): ReturnedUnit[] => {
  if (!isModest(text)) throw new UnreadableFile();
  let rows: ReturnType<typeof parseCsv>;
  try {
    rows = parseCsv(text);
  } catch {
    throw new UnreadableFile();
  }
  const names = rows[0]?.fields.map((name) => name.trim()) ?? [];
  if (!NEEDED.every((name) => names.includes(name))) throw new UnreadableFile();
  return rows
    .slice(1)
    .filter(({ fields }) => fields.some((field) => field !== ''))
    .map(({ fields }) => unitOf(new Map(names.map((name, n) => [name, fields[n] ?? '']))));
};
