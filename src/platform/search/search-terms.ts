import { join } from 'node:path';
import { compileSearchGlossary, type SearchGlossary } from '../../kernel/search/search-glossary.js';
import { readTerms } from '../glossary/terms-file.js';

/** The glossary of a project folder, ready to widen searches. */
export const searchGlossary = (folder: string): SearchGlossary =>
  compileSearchGlossary(readTerms(join(folder, 'glossary', 'terms.csv')));
