import type { Ask, Reply } from '../kernel/exchange.js';
import type { Cursors } from './cursor.js';
import { parsePage } from './list-query.js';
import { pageReply } from './reply.js';

/** Parameters of a list that is paged by id. */
export const PAGE_PARAMETERS = ['limit', 'cursor'] as const;

/** One page of a list in the order of ids: how many, and after which id. */
export type PageAsk = { limit: number; after: string | null; identity: string };

/** A row of such a list: its id, and its finished JSON. */
export type PageRow = { id: string; json: string };

/**
 * Reads `limit` and `cursor` of a list that is no resource's.
 * @param bound what else the page depends on, so that a cursor of another list or filter is refused
 * @throws `request.invalid-parameter`, `request.invalid-cursor`
 */
export const pageAsk = ({ parameters }: Ask, cursors: Cursors, bound: readonly unknown[]): PageAsk => {
  const { limit, cursor } = parsePage(parameters);
  const identity = JSON.stringify(bound);
  return { limit, identity, after: cursor === undefined ? null : cursors.open(cursor, identity).id };
};

/** @param rows one more than the limit where there is a next page */
export const pageAnswer = (ask: Ask, cursors: Cursors, page: PageAsk, rows: readonly PageRow[]): Reply => {
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const next = last && rows.length > page.limit ? cursors.seal({ key: last.id, id: last.id }, page.identity) : null;
  const items = shown.map(({ json }) => json);
  const reply = pageReply(items, JSON.stringify({ limit: page.limit, next }), ask.choice);
  return next ? { ...reply, link: `<${nextLink(ask, next)}>; rel="next"` } : reply;
};

/** Address of the page that a cursor opens, with the other parameters of the request. */
export const nextLink = (ask: Ask, next: string): string => {
  const parameters = new URLSearchParams([...ask.parameters].filter(([name]) => name !== 'cursor'));
  parameters.set('cursor', next);
  return `${ask.path}?${parameters}`;
};
