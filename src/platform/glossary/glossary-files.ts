import { XmlFault } from '../../infra/xml/safe-xml.js';
import { invalid, problem } from '../../kernel/problems.js';
import type { TermValues } from './term-values.js';
import { csvOfTerms, hasValidity, termsOfCsv } from './terms-csv.js';
import { type TbxTerm, tbxOfTerms, termsOfTbx } from './terms-tbx.js';

export type GlossaryFormat = 'csv' | 'tbx';

/** Media types of the files. */
export const GLOSSARY_TYPES: Readonly<Record<GlossaryFormat, string>> = {
  csv: 'text/csv',
  tbx: 'application/xml',
};

/** @throws `request.invalid-parameter` */
export const formatOf = (raw: string | undefined): GlossaryFormat => {
  if (raw === 'csv' || raw === 'tbx') return raw;
  const code = raw === undefined ? 'required' : 'invalid-value';
  throw problem('request.invalid-parameter', { errors: [{ parameter: 'format', code }] });
};

/** The terms as a file. */
export const writeFile = (format: GlossaryFormat, terms: readonly Required<TbxTerm>[], origin: string): string =>
  format === 'csv' ? csvOfTerms(terms.map(({ values }) => values)) : tbxOfTerms(terms, origin);

/** A term of a file, and the members of which the file says nothing at all, so that they stay as they are. */
export type FileTerm = TbxTerm & { silent: readonly (keyof TermValues)[] };

/**
 * The terms of a file.
 * @throws `request.invalid` at `/text` where it is no file of the format
 */
export const readFile = (format: GlossaryFormat, text: string): FileTerm[] => {
  try {
    if (format === 'tbx') return termsOfTbx(text).map((term) => ({ ...term, silent: [] }));
    const silent = hasValidity(text) ? [] : (['validFrom', 'validUntil'] as const);
    return termsOfCsv(text).map((values) => ({ values, silent }));
  } catch (error) {
    if (error instanceof RangeError || error instanceof XmlFault)
      throw invalid([{ pointer: '/text', code: 'invalid-format' }]);
    throw error;
  }
};
