import type { ReadStatement } from '../../infra/database/database.js';
import { fold } from '../../kernel/search/folding.js';
import { wholeNames } from '../../kernel/search/search-words.js';
import type { Scope } from '../../resource/scope.js';
import { type Add, namesSql, partsSql, resourcesSql } from '../../resource/search/lexemes.js';
import type { WordSearch } from '../../resource/search/word-search.js';

/** In this order: records called exactly so, those whose names hold what was typed, those that hold it elsewhere. */
export const RANKS = ['exact', 'title', 'content'] as const;
export type Rank = (typeof RANKS)[number];

/** What a page of one rank depends on. */
export type RankedAsk = {
  q: string;
  words: WordSearch;
  scope: Scope;
  /** Names of the resources asked for; none means all. */
  among: readonly string[];
  /** The id of the last record that was shown of this rank. */
  after?: string | undefined;
  rows: number;
};

/** Pages of the table, spread all over it, in which the hits of a search are counted to know how frequent they are. */
const SAMPLED_PAGES = 100;

/** Hits in the sample from which on the newest records are looked through before an index is asked. */
const FREQUENT = 8;

/** Records that are looked through at most: a frequent word fills a page long before. */
const LOOKED_THROUGH = 10_000;

const collector = ({ parameters }: Scope) => {
  const values: unknown[] = [...parameters];
  return { values, add: (value: unknown) => `$${values.push(value)}` };
};

/** Whether an entry belongs to a rank and to none before it. */
const rankSql = (rank: Rank, { q, words }: RankedAsk, add: Add): string => {
  const { parts, through } = words;
  const called = `e.title @@ ${namesSql(wholeNames(q, parts), add)}`;
  if (rank === 'exact') return called;
  const titled = `e.title @@ (${partsSql(parts, [], add)})`;
  if (rank === 'title') return `${titled} and not ${called}`;
  return `e.content @@ (${partsSql(parts, through, add)}) and not ${titled} and not ${called}`;
};

/** The entries that the asker may see, beyond the last one shown. */
const within = ({ scope, after }: RankedAsk, add: Add): string =>
  [scope.anySql('e'), ...(after === undefined ? [] : [`e.record_id < ${add(after)}::uuid`])].join(' and ');

/** That an entry is of the resources asked for, where entries are read in their order. */
const ofColumn = (among: readonly string[], add: Add): string => {
  if (among.length === 0) return '';
  return among.length === 1 ? ` and e.resource = ${add(among[0])}` : ` and e.resource = any(${add(among)}::text[])`;
};

/** The same where an index over lexemes is asked, which hold the resource too. */
const ofLexeme = (rank: Rank, among: readonly string[], add: Add): string =>
  among.length === 0 ? '' : ` and e.${rank === 'content' ? 'content' : 'title'} @@ ${resourcesSql(among, add)}`;

/** The part of the table that is sampled, in percent; the same pages every time, so that a search is found the same way. */
const SAMPLE = `tablesample system (least(100, ${SAMPLED_PAGES} * 100.0 * current_setting('block_size')::integer
  / greatest(1, pg_relation_size('search_entry')))) repeatable (1)`;

/**
 * Ids and resources of the entries of one rank, the newest record first. An index over lexemes knows no order: of a rare
 * word it collects all entries at once, of a frequent one that would be most of the table, and the page is filled sooner
 * by walking down from the newest. Which of the two a word is, a sample tells; the planner's statistics know frequent
 * lexemes only and nothing of beginnings.
 */
export const rankStatement = (rank: Rank, ask: RankedAsk): ReadStatement => {
  const { values, add } = collector(ask.scope);
  const columns = `e.record_id, e.resource, ${rank === 'content' ? 'e.title, e.content' : 'e.title'}`;
  const everywhere = `select e.record_id, e.resource from search_entry e
    where ${within(ask, add)}${ofLexeme(rank, ask.among, add)} and ${rankSql(rank, ask, add)}`;
  const order = `order by record_id desc limit ${ask.rows}`;
  if (rank === 'exact') {
    return { text: `select record_id::text, resource from (${everywhere}) e ${order}`, values, planEachTime: true };
  }
  const visible = `where ${within(ask, add)}${ofColumn(ask.among, add)}`;
  const fits = rankSql(rank, ask, add);
  const text = `
    with sample as materialized (
      select count(*) as hits from search_entry e ${SAMPLE} ${visible} and ${fits}),
    newest as materialized (
      select e.record_id, e.resource
      from (select ${columns} from search_entry e ${visible} order by e.record_id desc limit ${LOOKED_THROUGH}) e
      where (select hits from sample) >= ${FREQUENT} and ${fits} limit ${ask.rows}),
    everywhere as materialized (${everywhere})
    select found.record_id::text, found.resource
    from (select * from newest where (select count(*) from newest) = ${ask.rows}
      union all select * from everywhere where (select count(*) from newest) < ${ask.rows}) found ${order}`;
  return { text, values, planEachTime: true };
};

/** Entries whose names are spelt alike, the likest first: asked only where nothing that the asker may see fits. */
export const similarStatement = (ask: RankedAsk): ReadStatement => {
  const { values, add } = collector(ask.scope);
  const typed = add(fold(ask.q));
  const text = `select e.record_id::text, e.resource from search_entry e
    where ${within(ask, add)}${ofColumn(ask.among, add)} and ${typed}::text <% e.spelling
    order by word_similarity(${typed}::text, e.spelling) desc, e.record_id desc limit ${ask.rows}`;
  return { text, values, planEachTime: true };
};
