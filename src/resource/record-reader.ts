import type { EntityManager } from 'typeorm';
import type { Database } from '../infra/database/database.js';
import { type AccessFacts, can, mayKnowWithdrawn } from '../kernel/access.js';
import type { Actor } from '../kernel/actor.js';
import type { Ask, Reply } from '../kernel/exchange.js';
import { type Problem, problem } from '../kernel/problems.js';
import type { Body } from './body.js';
import type { Cursors, Position } from './cursor.js';
import { type ListQuery, parseListQuery, queryIdentity } from './list-query.js';
import {
  countStatement,
  isNarrowed,
  listStatement,
  positionsStatement,
  recordStatement,
  recordsStatement,
} from './list-statement.js';
import { lockStored } from './locking.js';
import { nextLink } from './paging.js';
import { jsonReply, pageReply, recordReply } from './reply.js';
import { type ReadContext, readContext, type Scope, scopeOf } from './scope.js';
import type { WordSearches } from './search/word-search.js';
import { type ResourceSpec, tableOf } from './spec.js';
import type { Stored } from './stored.js';

/** What the database answers: every value as text. */
type Row = (string | null)[];

/** The verbs that read records of one resource: one statement each, whose result is the finished JSON. */
export class RecordReader {
  constructor(
    private readonly spec: ResourceSpec,
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly searches: WordSearches,
  ) {}

  /**
   * A page of the records that the asker may see.
   * @param preset parameters that the route itself sets, such as the organization of `/organizations/{id}/tasks`;
   *   undefined takes away one that the route has understood itself
   * @throws `request.invalid-parameter`, `request.invalid-cursor`
   */
  async list(ask: Ask, preset: Record<string, string | undefined> = {}): Promise<Reply> {
    const query = parseListQuery(this.spec, withPreset(ask.parameters, preset));
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const identity = queryIdentity(this.spec, query, `${read.scopeKey}/${scope.parameters.join('/')}`);
    const after = query.cursor === undefined ? undefined : this.cursors.open(query.cursor, identity);
    if (query.q !== undefined) {
      query.words = await this.searches.withNames(this.searches.words(query.q), scope, [this.spec]);
    }
    const rows = await this.page(query, read, scope, after);
    const total = query.count ? await this.database.rows(countStatement(this.spec, query, read, scope)) : undefined;
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    const next = last ? this.cursors.seal({ key: last[1] ?? '', id: last[2]! }, identity) : null;
    return this.pageReply(ask, query, page, next, total?.[0]?.[0]);
  }

  /** Rows of JSON, sort key and id; without JSON where a record was withdrawn while the page was being read. */
  private async page(query: ListQuery, read: ReadContext, scope: Scope, after?: Position): Promise<Row[]> {
    if (!isNarrowed(query)) return this.database.rows(listStatement(this.spec, query, read, scope, after));
    const positions = await this.database.rows(positionsStatement(this.spec, query, read, scope, after));
    const ids = positions.slice(0, query.limit).map(([, id]) => id!);
    if (ids.length === 0) return [];
    const records = new Map(
      (await this.database.rows(recordsStatement(this.spec, ids, read, scope))).map(([id, json]) => [id, json]),
    );
    return positions.map(([key, id]) => [records.get(id!) ?? null, key!, id!]);
  }

  private pageReply(ask: Ask, query: ListQuery, page: Row[], next: string | null, total?: string | null): Reply {
    const items = page.flatMap(([json]) => json ?? []);
    const count = total === undefined ? '' : `,"total":${total}`;
    const reply = pageReply(items, `{"limit":${query.limit},"next":${JSON.stringify(next)}${count}}`, ask.choice);
    return next ? { ...reply, link: `<${nextLink(ask, next)}>; rel="next"` } : reply;
  }

  /**
   * One record with the members of its deep read.
   * @throws `resource.not-found` alike for unknown and unseen, `resource.withdrawn` for those who could see it
   */
  async get(ask: Ask, id: string): Promise<Reply> {
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const [row] = await this.database.rows(recordStatement(this.spec, id, read, scope));
    if (row) return recordReply(finished(this.spec, row[0]!), Number(row[1]), ask.choice);
    throw await this.absence(ask.actor, id);
  }

  /** The same inside a transaction, where a write answers with what it has just made of the record. */
  async replyIn(manager: EntityManager, ask: Ask, id: string): Promise<Reply> {
    const scope = scopeOf(ask.actor);
    const { text, values } = recordStatement(this.spec, id, readContext(scope, ask.choice, ask.fallback), scope);
    const [row] = (await manager.query(text, values)) as { json: string; version: string }[];
    if (!row) throw await this.absence(ask.actor, id, manager);
    return recordReply(finished(this.spec, row.json), Number(row.version), ask.choice);
  }

  /**
   * A record that the asker sees, inside a transaction that is about to act upon it: locked until that ends.
   * @throws `resource.not-found` alike for unknown and unseen, `resource.withdrawn` for those who could see it
   */
  async seenIn(manager: EntityManager, { actor }: Pick<Ask, 'actor'>, id: string): Promise<Stored> {
    const stored = await lockStored(manager, this.spec, id);
    if (stored && can(actor, 'read', this.spec.name, stored.facts)) return stored;
    throw await this.absence(actor, id, manager);
  }

  /** A record's JSON computed by an expression of the feature's own, with the visibility of `get`. */
  async getComputed(ask: Ask, id: string, member: string): Promise<Reply> {
    const computed = { ...this.spec.computed, ...this.spec.detail }[member];
    if (!computed) throw new Error(`${this.spec.name} computes no ${member}`);
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const text = `select (${computed.sql(read, 'r')})::text from "${tableOf(this.spec)}" r
      where r.id = $${scope.parameters.length + 1}::uuid and ${scope.sql('r', this.spec.name)}`;
    const [row] = await this.database.rows({ text, values: [...scope.parameters, id] });
    if (!row) throw await this.absence(ask.actor, id);
    return jsonReply(`{"items":${row[0] ?? '[]'}}`, ask.choice);
  }

  /** Throws `resource.not-found` unless the asker may see the record; for routes below it. */
  async mustSee(ask: Ask, id: string): Promise<void> {
    const scope = scopeOf(ask.actor);
    const text = `select 1 from "${tableOf(this.spec)}" r
      where r.id = $${scope.parameters.length + 1}::uuid and ${scope.sql('r', this.spec.name)}`;
    const rows = await this.database.rows({ text, values: [...scope.parameters, id] });
    if (rows.length === 0) throw await this.absence(ask.actor, id);
  }

  /**
   * Why a record is not answered: `resource.not-found` alike for unknown and unseen, `resource.withdrawn` for those
   * who could see it before.
   * @param manager the transaction this happens in: its connection is asked, since waiting for another may be in vain
   */
  async absence(actor: Actor, id: string, manager?: EntityManager): Promise<Problem> {
    // Nobody without an account is told more than "not found": no second look is taken.
    if (actor.kind === 'anonymous') return problem('resource.not-found');
    const text = `select json_build_object('state', r.state, 'audience', r.audience, 'ownerId', r.owner_id,
        'ownerSide', o.side, 'reason', r.withdrawal_reason)::text as found
      from "${tableOf(this.spec)}" r left join organization o on o.id = r.owner_id where r.id = $1::uuid`;
    const found = manager
      ? ((await manager.query(text, [id])) as { found: string }[])[0]?.found
      : (await this.database.rows({ text, values: [id] }))[0]?.[0];
    if (!found) return problem('resource.not-found');
    const { reason, ...facts } = JSON.parse(found) as AccessFacts & { reason: Body };
    if (!mayKnowWithdrawn(actor, this.spec.name, facts)) return problem('resource.not-found');
    return problem('resource.withdrawn', { extensions: { reason } });
  }
}

/** The JSON of a deep read after the last steps that its members take in the program. */
const finished = (spec: ResourceSpec, json: string): string => {
  const steps = Object.entries(spec.detail ?? {}).filter(([, member]) => member.finish);
  if (steps.length === 0) return json;
  const record = JSON.parse(json) as Body;
  for (const [name, { finish }] of steps) record[name] = finish!(record[name]);
  return JSON.stringify(record);
};

const withPreset = (
  parameters: ReadonlyMap<string, string>,
  preset: Record<string, string | undefined>,
): ReadonlyMap<string, string> => {
  const all = new Map(parameters);
  for (const [name, value] of Object.entries(preset)) {
    if (value === undefined) all.delete(name);
    else all.set(name, value);
  }
  return all;
};
