import { can } from '../../kernel/access.js';
import type { Actor } from '../../kernel/actor.js';
import type { LanguageMap } from '../../kernel/languages.js';
import type { StoredEntry } from './feed-entries.js';
import type { FeedType, LanguageChanges } from './feed-entry.entity.js';

/** What a follower is told of one entry. */
export type FeedItem = {
  type: FeedType | 'appeared' | 'hidden';
  resource: string;
  id: string;
  version: number;
  at: string;
  fields: string[];
  languages: LanguageChanges | null;
  reason: LanguageMap | null;
};

/**
 * An entry as one reader sees it. A record that comes into the reader's sight has `appeared` unless it was created or
 * published just then; one that leaves it is `hidden`, which is told without a reason, unless it was withdrawn.
 * @returns nothing for a record that the reader could see neither before nor after
 */
export const itemFor = (actor: Actor, entry: StoredEntry): FeedItem | undefined => {
  const { resource, id, version, at, factsBefore } = entry;
  const seesAfter = can(actor, 'read', resource, entry.facts);
  const sawBefore = factsBefore !== null && can(actor, 'read', resource, factsBefore);
  if (!seesAfter && !sawBefore) return undefined;
  const head = { resource, id, version, at };
  if (seesAfter) {
    const type = sawBefore || entry.type === 'created' || entry.type === 'published' ? entry.type : 'appeared';
    // What stood there while it was hidden stays hidden: the record is read as a whole.
    const isNew = type !== entry.type;
    return {
      type,
      ...head,
      fields: isNew ? [] : entry.fields,
      languages: isNew ? null : entry.languages,
      reason: null,
    };
  }
  const isWithdrawn = entry.type === 'withdrawn';
  const type = isWithdrawn ? 'withdrawn' : 'hidden';
  return { type, ...head, fields: [], languages: null, reason: isWithdrawn ? entry.reason : null };
};
