import { csvRecords } from '../csv.js';
import { type Language, otherLanguage } from '../languages.js';
import type { TranslationPair } from './finding.js';
import type { Glossary } from './glossary-index.js';

/** A pair of a bilingual table, with its line and the cells of the row that are not part of the pair. */
export type PairRow = { line: number; pair: TranslationPair; values: Record<string, string> };

const sourceOf = (cell: string | undefined): TranslationPair['source'] =>
  cell === 'zh' || cell === 'ru' ? cell : 'both';

/**
 * Pairs of a table with the columns `zh` and `ru`, and where it has them `source`, `field` and `approved`. Where a row
 * names no approved translation and `remembering` is asked for, the first translation of the same original in the table is
 * taken for it.
 * @throws RangeError where the text is no table or lacks one of the two columns
 */
export const pairRows = (text: string, glossary: Glossary, remembering = false): PairRow[] => {
  const records = csvRecords(text);
  const lacking = (['zh', 'ru'] as const).filter((name) => records[0] && !(name in records[0].values));
  if (lacking.length > 0) throw new RangeError(`the table lacks the columns ${lacking.join(', ')}`);
  const first = new Map<string, string>();
  return records.map(({ line, values }) => {
    const source = sourceOf(values.source);
    const original: Language = source === 'both' ? 'zh' : source;
    const known = values.approved || (remembering ? first.get(`${original}\0${values[original]}`) : undefined);
    if (!first.has(`${original}\0${values[original]}`))
      first.set(`${original}\0${values[original]}`, values[otherLanguage(original)]!);
    const pair: TranslationPair = {
      zh: values.zh!,
      ru: values.ru!,
      source,
      glossary,
      ...(values.field && { field: values.field }),
      ...(known && { approved: [known] }),
    };
    return { line, pair, values };
  });
};
