import { invalid } from '../../kernel/problems.js';
import type { StoredTerm } from './term-records.js';
import type { TermValues } from './term-values.js';
import type { TbxTerm } from './terms-tbx.js';

/** What a term is known by where a file names no record: its Chinese name, or else its Russian one, within the domain. */
const keyOf = ({ domain, name }: TermValues): string => JSON.stringify([domain, name.zh ?? name.ru ?? '']);

/** Finds the record that a term of a file speaks of. */
export class TermIndex {
  private readonly byId = new Map<string, StoredTerm>();
  private readonly byKey = new Map<string, StoredTerm>();
  private readonly taken = new Set<string>();

  constructor(stored: readonly StoredTerm[]) {
    for (const term of stored) {
      this.byId.set(term.id, term);
      const key = keyOf(term.values);
      // Of a published term and a draft of the same name the published one is meant.
      if (this.byKey.get(key)?.state !== 'published') this.byKey.set(key, term);
    }
  }

  /**
   * @returns the record, or nothing for a new term
   * @throws `request.invalid` where the file has spoken of the same term before
   */
  take({ id, values }: TbxTerm): StoredTerm | undefined {
    const found = (id === undefined ? undefined : this.byId.get(id)) ?? this.byKey.get(keyOf(values));
    const sign = found?.id ?? keyOf(values);
    if (this.taken.has(sign)) throw invalid([{ pointer: '', code: 'repeated-reference' }]);
    this.taken.add(sign);
    return found;
  }
}
