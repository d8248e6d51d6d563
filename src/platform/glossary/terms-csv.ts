import { csvRecords, parseCsv, writeCsv } from '../../kernel/csv.js';
import type { ListField, TermValues } from './term-values.js';

/** Columns that hold lists, parted by `|`: language and member. */
const LISTS: Readonly<Record<string, readonly ['zh' | 'ru', ListField]>> = {
  zh_variants: ['zh', 'variants'],
  zh_forms: ['zh', 'forms'],
  zh_except: ['zh', 'exceptions'],
  zh_deprecated: ['zh', 'deprecated'],
  zh_forbidden: ['zh', 'forbidden'],
  ru_variants: ['ru', 'variants'],
  ru_deprecated: ['ru', 'deprecated'],
  ru_forbidden: ['ru', 'forbidden'],
  ru_forms: ['ru', 'forms'],
};

/** The columns of `glossary/terms.csv`, and how long a term holds. */
const CSV_COLUMNS = [
  ...['zh', 'ru', 'domain', 'note', 'source', ...Object.keys(LISTS), 'use'],
  ...['valid_from', 'valid_until'],
] as const;

const NEEDED = CSV_COLUMNS.filter((column) => !column.startsWith('valid_'));

/** Dots part the steps of a domain in the table, hyphens in the code. */
const domainOf = (cell: string): string => cell.replace('.', '-');
const domainCell = (domain: string): string => domain.replace('-', '.');

/** The part of speech stands first in the note: `pos: proper noun; f`. */
const POS = /^pos: ([a-z ]+)(?:; |$)/;

const noteOf = (cell: string): Pick<TermValues, 'partOfSpeech' | 'note'> => {
  const [whole, pos] = POS.exec(cell) ?? [];
  const note = whole === undefined ? cell : cell.slice(whole.length);
  return { ...(pos && { partOfSpeech: pos.replaceAll(' ', '-') }), ...(note && { note }) };
};

const noteCell = ({ partOfSpeech, note }: TermValues): string =>
  [...(partOfSpeech ? [`pos: ${partOfSpeech.replaceAll('-', ' ')}`] : []), ...(note ? [note] : [])].join('; ');

/** The grade stands in brackets before the source; a translation of the project's own has none. */
const GRADED = /^\[([A-Z])\] ?/;

const sourceOf = (cell: string): Pick<TermValues, 'grade' | 'attestation'> => {
  const [mark = '', grade = 'own'] = GRADED.exec(cell) ?? [];
  const attestation = cell.slice(mark.length);
  return { grade, ...(attestation && { attestation }) };
};

const sourceCell = ({ grade, attestation = '' }: TermValues): string =>
  grade === 'own' ? attestation : `[${grade}] ${attestation}`.trimEnd();

const listed = (cell: string): string[] =>
  cell
    .split('|')
    .map((form) => form.trim())
    .filter((form) => form !== '');

const listsOf = (row: Record<string, string>): Partial<Record<ListField, Partial<Record<'zh' | 'ru', string[]>>>> => {
  const lists: Partial<Record<ListField, Partial<Record<'zh' | 'ru', string[]>>>> = {};
  for (const [column, [language, field]] of Object.entries(LISTS)) {
    const forms = listed(row[column] ?? '');
    if (forms.length > 0) lists[field] = { ...lists[field], [language]: forms };
  }
  return lists;
};

const named = (zh: string, ru: string) => ({ ...(zh && { zh }), ...(ru && { ru }) });

const valuesOf = (row: Record<string, string>): TermValues => ({
  name: named(row.zh!, row.ru!),
  domain: domainOf(row.domain!),
  ...sourceOf(row.source!),
  use: row.use || 'required',
  ...noteOf(row.note!),
  ...listsOf(row),
  ...(row.valid_from && { validFrom: row.valid_from }),
  ...(row.valid_until && { validUntil: row.valid_until }),
});

/**
 * Terms from a table in the shape of `glossary/terms.csv`; the columns of validity may be missing.
 * @throws RangeError naming the columns that are missing, and what `csvRecords` throws
 */
export const termsOfCsv = (text: string): TermValues[] => {
  const rows = csvRecords(text).map(({ values }) => values);
  const missing = NEEDED.filter((column) => rows[0] && !(column in rows[0]));
  if (missing.length > 0) throw new RangeError(`the table lacks the columns ${missing.join(', ')}`);
  return rows.map(valuesOf);
};

/** Whether a table has the columns that say how long a term holds. */
export const hasValidity = (text: string): boolean => {
  const header = parseCsv(text)[0]?.fields ?? [];
  return header.includes('valid_from') && header.includes('valid_until');
};

const cellOf = (term: TermValues, column: string): string => {
  const list = LISTS[column];
  if (list) return (term[list[1]]?.[list[0]] ?? []).join(' | ');
  const cells: Record<string, () => string> = {
    zh: () => term.name.zh ?? '',
    ru: () => term.name.ru ?? '',
    domain: () => domainCell(term.domain),
    note: () => noteCell(term),
    source: () => sourceCell(term),
    use: () => (term.use === 'required' ? '' : term.use),
    valid_from: () => term.validFrom ?? '',
    valid_until: () => term.validUntil ?? '',
  };
  return cells[column]!();
};

/** The table of terms, from which {@link termsOfCsv} reads the very same terms. */
export const csvOfTerms = (terms: readonly TermValues[]): string =>
  writeCsv([[...CSV_COLUMNS], ...terms.map((term) => CSV_COLUMNS.map((column) => cellOf(term, column)))]);
