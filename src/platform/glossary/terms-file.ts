import { readFileSync } from 'node:fs';
import type { Term } from '../../kernel/checks/glossary-index.js';
import { csvRecords } from '../../kernel/csv.js';

const COLUMNS = [
  ...['zh', 'ru', 'domain', 'note', 'source', 'zh_variants', 'zh_forms', 'zh_except', 'zh_deprecated', 'zh_forbidden'],
  ...['ru_variants', 'ru_deprecated', 'ru_forbidden', 'ru_forms', 'use'],
];

const listed = (cell: string | undefined): string[] =>
  (cell ?? '')
    .split('|')
    .map((form) => form.trim())
    .filter((form) => form !== '');

const termOf = (row: Record<string, string>): Term => ({
  zh: row.zh!,
  ru: row.ru!,
  domain: row.domain!,
  grade: /^\[([A-Z])\]/.exec(row.source!)?.[1] ?? '',
  proper: /^pos: proper noun/.test(row.note!),
  use: row.use === 'advised' ? 'advised' : 'required',
  zhVariants: listed(row.zh_variants),
  zhForms: listed(row.zh_forms),
  zhExcept: listed(row.zh_except),
  zhDeprecated: listed(row.zh_deprecated),
  zhForbidden: listed(row.zh_forbidden),
  ruVariants: listed(row.ru_variants),
  ruDeprecated: listed(row.ru_deprecated),
  ruForbidden: listed(row.ru_forbidden),
  ruForms: listed(row.ru_forms),
});

/**
 * Terms from the text of `glossary/terms.csv`. The columns after `source` hold lists, parted by `|`.
 * @throws RangeError naming what is wrong with the table: a column that is missing, a term in one language only
 */
export const termsFrom = (text: string): Term[] => {
  const rows = csvRecords(text).map(({ values }) => values);
  const missing = COLUMNS.filter((column) => rows[0] && !(column in rows[0]));
  if (missing.length > 0) throw new RangeError(`the glossary lacks the columns ${missing.join(', ')}`);
  const half = rows.find(({ zh, ru }) => zh === '' || ru === '');
  if (half) throw new RangeError(`a term stands in one language only: ${half.zh}${half.ru}`);
  return rows.map(termOf);
};

/**
 * Reads the glossary from a file.
 * @throws when the file cannot be read or is no glossary
 */
export const readTerms = (file: string): Term[] => termsFrom(readFileSync(file, 'utf8'));
