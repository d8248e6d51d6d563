import type { Ask, Reply } from '../kernel/exchange.js';
import { problem } from '../kernel/problems.js';
import type { Cursors } from './cursor.js';
import { DEFAULT_LIMIT, parseLimit } from './list-query.js';
import { pageReply } from './reply.js';

/** Parameters of a list that is no resource's: it has one order, the newest first, and is not filtered. */
export const PAGE_PARAMETERS = ['limit', 'cursor'] as const;

/** A page as it was asked for; `before` is the id of the last element of the page before it. */
export type AskedPage = { limit: number; before: string | null };

/** An element of a list: its id, by which the list is ordered, and its finished JSON. */
export type PageRow = { id: string; json: string };

/** @throws `request.invalid-parameter`, `request.invalid-cursor` for the cursor of another list */
export const askedPage = ({ parameters }: Ask, cursors: Cursors, list: string): AskedPage => {
  const limit = parseLimit(parameters.get('limit') ?? String(DEFAULT_LIMIT));
  if (limit === undefined) {
    throw problem('request.invalid-parameter', { errors: [{ parameter: 'limit', code: 'invalid-value' }] });
  }
  const cursor = parameters.get('cursor');
  return { limit, before: cursor === undefined ? null : cursors.open(cursor, list).id };
};

/**
 * The answer to a page.
 * @param rows one more than the page takes, where there is another one
 */
export const pageOf = (ask: Ask, rows: readonly PageRow[], limit: number, cursors: Cursors, list: string): Reply => {
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const next = last ? cursors.seal({ key: '', id: last.id }, list) : null;
  const items = page.map(({ json }) => json);
  const reply = pageReply(items, `{"limit":${limit},"next":${JSON.stringify(next)}}`, ask.choice);
  return next ? { ...reply, link: `<${nextLink(ask, next)}>; rel="next"` } : reply;
};

/** Address of the page that a cursor opens, with the other parameters of the request. */
export const nextLink = (ask: Ask, next: string): string => {
  const parameters = new URLSearchParams([...ask.parameters].filter(([name]) => name !== 'cursor'));
  parameters.set('cursor', next);
  return `${ask.path}?${parameters}`;
};
