import type { Database } from '../../infra/database/database.js';
import { NO_TERMS, type SearchGlossary } from '../../kernel/search/search-glossary.js';
import { literalsOf, type SearchPart, searchParts } from '../../kernel/search/search-words.js';
import { fieldOf } from '../field.js';
import type { Scope } from '../scope.js';
import type { ResourceSpec } from '../spec.js';
import { namingSql, resourcesSql } from './lexemes.js';

/** What a search is for, made ready for one asker. */
export type WordSearch = {
  parts: readonly SearchPart[];
  /** For each part the records that the asker may see and that it names: places, bodies, mechanisms, zones. */
  through: readonly (readonly string[])[];
  /** What holds signs and is compared to the letter; lists only. */
  literals: readonly string[];
};

/** A search by the words alone: without the glossary, and without the names of other records. */
export const plainWords = (q: string): WordSearch => ({
  parts: searchParts(q, NO_TERMS),
  through: [],
  literals: literalsOf(q),
});

/** Records that one part may name: a word in the names of more of them names none. */
const MOST_NAMED = 40;

/** Resources whose names find the records of a resource that refer to them. */
const namedFor = (spec: ResourceSpec): string[] =>
  (spec.searchThrough ?? []).map((field) => fieldOf(spec.entity, field).options.target!);

/** Makes searches ready: widens what was typed by the glossary, and finds the places and bodies that it names. */
export class WordSearches {
  constructor(
    private readonly database: Database,
    private readonly glossary: () => SearchGlossary,
  ) {}

  /** What was typed, widened by the glossary. */
  words(q: string): WordSearch {
    return { parts: searchParts(q, this.glossary()), through: [], literals: literalsOf(q) };
  }

  /**
   * The same with the records that it names.
   * @param scope of the asker: only names that the asker may see find anything
   * @param among resources whose records are looked for
   */
  async withNames(words: WordSearch, scope: Scope, among: readonly ResourceSpec[]): Promise<WordSearch> {
    const targets = [...new Set(among.flatMap(namedFor))].sort();
    if (targets.length === 0 || words.parts.length === 0) return words;
    return { ...words, through: await this.named(words.parts, targets, scope) };
  }

  private async named(parts: readonly SearchPart[], targets: string[], scope: Scope): Promise<string[][]> {
    const values: unknown[] = [...scope.parameters];
    const add = (value: unknown) => `$${values.push(value)}`;
    const selects = parts.map(
      (part, n) => `(select ${n}::text as part, e.record_id::text from search_entry e
        where ${scope.anySql('e')} and e.title @@ (${namingSql(part, add)} && ${resourcesSql(targets, add)})
        limit ${MOST_NAMED + 1})`,
    );
    const rows = await this.database.rows({ text: selects.join(' union all '), values, planEachTime: true });
    const found = parts.map((_, n) => rows.filter(([part]) => part === String(n)).map(([, id]) => id!));
    return found.map((ids) => (ids.length > MOST_NAMED ? [] : ids.sort()));
  }
}
