import { snakeCase } from '../field.js';
import type { ResourceSpec } from '../spec.js';
import { type Add, partsSql, resourcesSql } from './lexemes.js';
import type { WordSearch } from './word-search.js';

/** The text that signs are looked for in: every searchable field in both languages, folded as what was typed. */
const searchedText = (spec: ResourceSpec, alias: string): string => {
  const texts = spec.searchable.flatMap((field) =>
    ['_zh', '_ru'].map((part) => `${alias}."${snakeCase(field)}${part}"`),
  );
  return `folded_text(concat_ws(' ', ${texts.join(', ')}))`;
};

/**
 * Conditions over a record's alias that say the same of what was typed: one that is quick to decide for a row at hand,
 * and one that collects all records by an index.
 */
export type ListWords = { ofRow: () => string; byIndex: () => string };

/** @param add puts a value into the statement and returns its placeholder */
export const listWords = (spec: ResourceSpec, words: WordSearch, alias: string, add: Add): ListWords => {
  const { parts, through, literals } = words;
  // Nothing but signs was typed: no record is found by those.
  if (parts.length === 0) return { ofRow: () => 'false', byIndex: () => 'false' };
  const query = () => partsSql(parts, through, add);
  const literally = () =>
    literals.map((literal) => ` and strpos(${searchedText(spec, alias)}, ${add(literal)}) > 0`).join('');
  return {
    ofRow: () => `exists (select 1 from search_entry e where e.record_id = ${alias}.id
      and e.resource = '${spec.name}' and e.content @@ (${query()}))${literally()}`,
    // An array is collected first, whatever the planner believes of tables that were never analysed.
    byIndex: () => `${alias}.id = any(array(select e.record_id from search_entry e
      where e.content @@ (${query()} && ${resourcesSql([spec.name], add)})))${literally()}`,
  };
};
