import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import { logContext } from '../../infra/logging/log-context.js';
import type { AccessFacts } from '../../kernel/access.js';
import { LANGUAGES } from '../../kernel/languages.js';
import type { Body } from '../../resource/body.js';
import type { Change, ChangeListener } from '../../resource/changes.js';
import { type LanguageStates, languageStates } from '../../resource/stored.js';
import { takeTurn } from '../changes/commit-order.js';
import type { FeedType, LanguageChanges } from './feed-entry.entity.js';

/** Channel on which the feed says that there is something new; a hint only, whoever misses it looks by the clock. */
export const FEED_CHANNEL = 'portal_feed';

/** What of an entry differs between the entries of one change. */
export type Told = { type: FeedType; fields: string[]; languages: LanguageChanges | null };

const changedFields = (before: Body = {}, after: Body): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null))
    .sort();

const changedLanguages = (before: LanguageStates | undefined, after: LanguageStates): LanguageChanges | null => {
  const changes = LANGUAGES.flatMap((language) => {
    const [from, to] = [before?.[language]?.state, after[language]?.state];
    return from !== undefined && to !== undefined && from !== to ? [[language, { from, to }] as const] : [];
  });
  return changes.length > 0 ? Object.fromEntries(changes) : null;
};

/** What the feed tells of a change; what an edit did to the other language's text is an event of its own. */
export const entriesOf = async (change: Change, manager: EntityManager): Promise<Told[]> => {
  const { kind, before, after, languagesBefore, spec, id } = change;
  const isEdit = kind === 'created' || kind === 'updated';
  const entry: Told = { type: kind, fields: isEdit ? changedFields(before, after) : [], languages: null };
  if (kind !== 'updated') return [entry];
  const languages = changedLanguages(languagesBefore, await languageStates(manager, spec, id));
  return languages ? [entry, { type: 'language', fields: [], languages }] : [entry];
};

/** Writes the change feed in the transaction of the change, as the last thing in it. */
@Injectable()
export class FeedListener implements ChangeListener {
  constructor(private readonly database: Database) {}

  async onChange(change: Change, manager: EntityManager): Promise<void> {
    const told = await entriesOf(change, manager);
    this.database.beforeCommit(manager, () => appendToFeed(manager, change, told));
  }
}

const columnsOf = (facts: AccessFacts | undefined) => [
  facts?.state ?? null,
  facts?.audience ?? null,
  facts?.ownerId ?? null,
];

/** Adds entries to the feed, which from here on waits for this transaction. */
export const appendToFeed = async (manager: EntityManager, change: Change, told: Told[]): Promise<void> => {
  await takeTurn(manager);
  await manager.query(
    `with told as (
     insert into feed_entry (seq, at, type, resource, record_id, version, fields, languages, reason,
       state, audience, owner_id, state_before, audience_before, owner_before_id, request_id)
     select (select coalesce(max(seq), 0) from feed_entry) + told.n, clock_timestamp(), told.entry->>'type', $2, $3, $4,
       array(select jsonb_array_elements_text(told.entry->'fields')), nullif(told.entry->'languages', 'null'), $5,
       $6, $7, $8, $9, $10, $11, $12
     from jsonb_array_elements($1::jsonb) with ordinality as told(entry, n))
     select pg_notify('${FEED_CHANNEL}', '')`,
    [
      JSON.stringify(told),
      change.spec.name,
      change.id,
      change.version,
      change.reason ? JSON.stringify(change.reason) : null,
      ...columnsOf(change.facts),
      ...columnsOf(change.factsBefore),
      logContext().requestId ?? null,
    ],
  );
};
