import { Injectable } from '@nestjs/common';
import type { Ask, Reply } from '../../kernel/exchange.js';
import type { LanguageChoice, LanguageMap } from '../../kernel/languages.js';
import { type FieldError, problem } from '../../kernel/problems.js';
import { Cursors } from '../../resource/cursor.js';
import { pageReply } from '../../resource/reply.js';
import { resources } from '../../resource/spec.js';
import { CHUNK, FeedEntries, type StoredEntry } from './feed-entries.js';
import { type FeedItem, itemFor } from './feed-item.js';

/** What a reader asks of the feed. */
export type FeedQuery = { after: number; resources: ReadonlySet<string>; limit: number };

const DEFAULT_LIMIT = 100;
const HIGHEST_LIMIT = 1_000;

/** Cursors of the feed belong to no query: whoever follows it may narrow or widen what is followed. */
const CURSOR_OF = 'changes';

/** Asks for the end of the feed: what a follower remembers before reading the records themselves. */
const NOW = 'now';

/** Entries that are looked through for one page, whether the reader may see them or not: a page has a constant cost. */
const LOOKED_THROUGH = 10_000;

const fault = (parameter: string): FieldError => ({ parameter, code: 'invalid-value' });

/** The feed as pages, and the words in which a reader asks for it. */
@Injectable()
export class Feed {
  constructor(
    private readonly entries: FeedEntries,
    private readonly cursors: Cursors,
  ) {}

  /** A page of the feed; `page.next` is never null, since there will be more to come. */
  async page(ask: Ask): Promise<Reply> {
    const query = await this.query(ask);
    const { items, through } = await this.read(ask, query);
    const page = JSON.stringify({ limit: query.limit, next: this.cursor(through) });
    const reply = pageReply(items, page, ask.choice);
    // A follower asks again and again: an answer that was kept on the way would hide what has happened since.
    return { ...reply, headers: { 'Cache-Control': 'no-store' } };
  }

  private async read(ask: Ask, { after, resources, limit }: FeedQuery): Promise<{ items: string[]; through: number }> {
    const items: string[] = [];
    let through = after;
    for (let looked = 0; looked < LOOKED_THROUGH; looked += CHUNK) {
      const found = await this.entries.after(through, CHUNK);
      for (const entry of found) {
        through = entry.seq;
        const item = toldOf(ask, resources, entry);
        if (item) items.push(JSON.stringify(item));
        if (items.length === limit) return { items, through };
      }
      if (found.length < CHUNK) break;
    }
    return { items, through };
  }

  /** The cursor that says: everything up to this number has been told. */
  cursor(seq: number): string {
    return this.cursors.seal({ key: seq.toString(), id: '' }, CURSOR_OF);
  }

  /**
   * Reads the parameters of a request.
   * @param lastEventId what a stream that broke off had told last; it counts more than `after`
   * @throws `request.invalid-parameter`, `request.invalid-cursor`
   */
  async query({ parameters }: Ask, lastEventId?: string): Promise<FeedQuery> {
    const limit = limitOf(parameters.get('limit'));
    const narrowed = resourcesOf(parameters.get('resource'));
    const errors = [...(limit ? [] : [fault('limit')]), ...(narrowed ? [] : [fault('resource')])];
    if (!limit || !narrowed) throw problem('request.invalid-parameter', { errors });
    return { after: await this.position(lastEventId ?? parameters.get('after')), resources: new Set(narrowed), limit };
  }

  private async position(cursor: string | undefined): Promise<number> {
    if (cursor === undefined) return 0;
    if (cursor === NOW) return this.entries.end();
    return Number(this.cursors.open(cursor, CURSOR_OF).key);
  }
}

/** What an entry is to whoever asks: nothing where it is not asked for or not to be seen. */
export const toldOf = (
  { actor, choice }: Ask,
  resources: ReadonlySet<string>,
  entry: StoredEntry,
): FeedItem | undefined => {
  if (resources.size > 0 && !resources.has(entry.resource)) return undefined;
  const item = itemFor(actor, entry);
  return item && { ...item, reason: item.reason && trimmed(item.reason, choice) };
};

/** A text in the language asked for, in the other one where there is none. */
const trimmed = (text: LanguageMap, choice: LanguageChoice): LanguageMap => {
  const wanted = choice === 'all' ? undefined : text[choice];
  return choice === 'all' || wanted === undefined ? text : { [choice]: wanted };
};

const limitOf = (text = String(DEFAULT_LIMIT)): number | undefined => {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= HIGHEST_LIMIT ? limit : undefined;
};

/** Names of resources, separated by commas. */
const resourcesOf = (text: string | undefined): string[] | undefined => {
  if (text === undefined) return [];
  const known = new Set(resources().map(({ name }) => name));
  const names = [...new Set(text.split(','))];
  return names.every((name) => known.has(name)) ? names.sort() : undefined;
};
