import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { AccessFacts } from '../../kernel/access.js';
import type { LanguageMap } from '../../kernel/languages.js';
import type { FeedType, LanguageChanges } from './feed-entry.entity.js';

/** An entry of the feed with what decides who may be told of it. */
export type StoredEntry = {
  seq: number;
  at: string;
  type: FeedType;
  resource: string;
  id: string;
  version: number;
  fields: string[];
  languages: LanguageChanges | null;
  reason: LanguageMap | null;
  facts: AccessFacts;
  /** Null where the record is new. */
  factsBefore: AccessFacts | null;
  /** The request that made the change; for logs, never told to readers. */
  requestId: string | null;
};

/** Most entries that are read at a time. */
export const CHUNK = 1_000;

const facts = (
  suffix: string,
  owner: string,
) => `json_build_object('state', e.state${suffix}, 'audience', e.audience${suffix},
  'ownerId', ${owner}.id, 'ownerSide', ${owner}.side)`;

const AFTER = `
  select json_build_object('seq', e.seq, 'at', e.at, 'type', e.type, 'resource', e.resource, 'id', e.record_id,
      'version', e.version, 'fields', e.fields, 'languages', e.languages, 'reason', e.reason, 'requestId', e.request_id,
      'facts', ${facts('', 'owner')},
      'factsBefore', case when e.state_before is not null then ${facts('_before', 'owner_before')} end)::text
    from feed_entry e
    left join organization owner on owner.id = e.owner_id
    left join organization owner_before on owner_before.id = e.owner_before_id
   where e.seq > $1::bigint order by e.seq limit $2::integer`;

/** The stored feed, in the order of commits. */
@Injectable()
export class FeedEntries {
  constructor(private readonly database: Database) {}

  /** The number of the newest entry, 0 where there is none. */
  async end(): Promise<number> {
    const [row] = await this.database.rows({ text: 'select coalesce(max(seq), 0)::text from feed_entry', values: [] });
    return Number(row![0]);
  }

  /**
   * The entries that follow a number, whoever may see them.
   * @param limit at most {@link CHUNK}
   */
  async after(seq: number, limit: number): Promise<StoredEntry[]> {
    const rows = await this.database.rows({ text: AFTER, values: [seq, Math.min(limit, CHUNK)] });
    return rows.map(([json]) => JSON.parse(json!) as StoredEntry);
  }
}
