import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { API_PREFIX } from '../../infra/http/route-table.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { Cursors } from '../../resource/cursor.js';
import { fieldOf } from '../../resource/field.js';
import { nextLink } from '../../resource/paging.js';
import { pageReply } from '../../resource/reply.js';
import { type ReadContext, readContext, type Scope, scopeOf } from '../../resource/scope.js';
import { type WordSearch, WordSearches } from '../../resource/search/word-search.js';
import { resourceOf, resources } from '../../resource/spec.js';
import { type Found, type FoundTexts, readFound } from './found-texts.js';
import { RANKS, type Rank, type RankedAsk, rankStatement, similarStatement } from './ranked-entries.js';
import { hitOf } from './search-hit.js';
import { type SearchQuery, searchQuery } from './search-query.js';

/** A record with the rank in which it was found. */
type Ranked = Found & { rank: Rank | 'similar' };

/** The records that were named in the search and that found records refer to. */
const namesAmong = (found: readonly FoundTexts[], { through }: WordSearch): Found[] => {
  const named = new Set(through.flat());
  return found.flatMap(({ resource, through: references }) =>
    references
      .filter(([, id]) => named.has(id))
      .map(([field, id]) => ({ id, resource: fieldOf(resourceOf(resource).entity, field).options.target! })),
  );
};

/** Searches the records of all resources that the asker may see. */
@Injectable()
export class Search {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly searches: WordSearches,
  ) {}

  /**
   * A page of what was found, the best first.
   * @throws `request.invalid-parameter`, `request.invalid-cursor`
   */
  async page(ask: Ask): Promise<Reply> {
    const query = searchQuery(ask);
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const { among, identity } = this.boundTo(query, scope, read);
    const words = this.searches.words(query.q);
    const { found, named } = await this.find(
      query,
      { q: query.q, words, scope, among, rows: query.limit + 1 },
      identity,
    );
    const page = found.slice(0, query.limit);
    const last = found.length > query.limit ? page.at(-1) : undefined;
    const next = last ? this.cursors.seal({ key: last.rank, id: last.id }, identity) : null;
    const items = await this.hits(ask, query.q, page, named);
    const reply = pageReply(items, JSON.stringify({ limit: query.limit, next }), ask.choice);
    return next ? { ...reply, link: `<${nextLink(ask, next)}>; rel="next"` } : reply;
  }

  /** What a page depends on; where all resources are asked for, none is named. */
  private boundTo({ q, among }: SearchQuery, scope: Scope, read: ReadContext) {
    const names = among.length === resources().length ? [] : among.map(({ name }) => name).sort();
    return { among: names, identity: JSON.stringify(['search', read.scopeKey, scope.parameters, q, names]) };
  }

  /** The records of a page as the asker may see them now. */
  private async hits(ask: Ask, q: string, page: readonly Ranked[], words: WordSearch): Promise<string[]> {
    const { actor, choice, fallback } = ask;
    const scope = scopeOf(actor);
    const read = readContext(scope, choice, fallback);
    const texts = await readFound(this.database, read, scope, page);
    const names = await readFound(this.database, read, scope, namesAmong([...texts.values()], words));
    const hit = { q, parts: words.parts, choice, fallback, base: `/${API_PREFIX}`, names };
    return page.flatMap(({ id, rank }) => {
      const found = texts.get(id);
      return found ? [hitOf(found, { ...hit, similar: rank === 'similar' })] : [];
    });
  }

  /** The records of a page and one more, rank after rank; where nothing is seen to fit, those that are spelt alike. */
  private async find(query: SearchQuery, ask: RankedAsk, identity: string) {
    const { cursor, among } = query;
    const position = cursor === undefined ? undefined : this.cursors.open(cursor, identity);
    const found: Ranked[] = [];
    let named = ask.words;
    if (named.parts.length === 0) return { found, named };
    for (const rank of RANKS.slice(position ? RANKS.indexOf(position.key as Rank) : 0)) {
      if (rank === 'content') named = await this.searches.withNames(named, ask.scope, among);
      const after = rank === position?.key ? position.id : undefined;
      const rows = ask.rows - found.length;
      found.push(...(await this.ranked(rank, { ...ask, words: named, after, rows })));
      if (found.length === ask.rows) break;
    }
    // One page of them: who sees it knows whether the word was mistyped.
    if (found.length === 0 && !position) found.push(...(await this.similar({ ...ask, rows: query.limit })));
    return { found, named };
  }

  private async ranked(rank: Rank, ask: RankedAsk): Promise<Ranked[]> {
    const rows = await this.database.rows(rankStatement(rank, ask));
    return rows.map(([id, resource]) => ({ id: id!, resource: resource!, rank }));
  }

  private async similar(ask: RankedAsk): Promise<Ranked[]> {
    const rows = await this.database.rows(similarStatement(ask));
    return rows.map(([id, resource]) => ({ id: id!, resource: resource!, rank: 'similar' }));
  }
}
