import { readFileSync } from 'node:fs';
import type { Term } from '../../kernel/checks/glossary-index.js';
import { checkedTerm, type TermValues } from './term-values.js';
import { termsOfCsv } from './terms-csv.js';

const half = ({ name }: TermValues): RangeError =>
  new RangeError(`a term stands in one language only: ${name.zh ?? ''}${name.ru ?? ''}`);

/**
 * Terms from the text of `glossary/terms.csv`. The columns after `source` hold lists, parted by `|`.
 * @throws RangeError naming what is wrong with the table: a column that is missing, a term in one language only
 */
export const termsFrom = (text: string): Term[] =>
  termsOfCsv(text).map((values) => {
    const term = checkedTerm(values);
    if (!term) throw half(values);
    return term;
  });

/**
 * Reads the glossary from a file.
 * @throws when the file cannot be read or is no glossary
 */
export const readTerms = (file: string): Term[] => termsFrom(readFileSync(file, 'utf8'));
