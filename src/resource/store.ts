import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { Database } from '../infra/database/database.js';
import { type AccessFacts, mayKnowWithdrawn, maySee, mayWrite } from '../kernel/access.js';
import type { Actor } from '../kernel/actor.js';
import type { Ask, Reply } from '../kernel/exchange.js';
import { newId } from '../kernel/ids.js';
import { invalid, type Problem, problem } from '../kernel/problems.js';
import { type Body, mergePatch, validateBody, validateShape, wholeFields } from './body.js';
import type { Change, ChangeListener } from './changes.js';
import type { Cursors, Position } from './cursor.js';
import { Localized } from './fields.js';
import { mustFitInside } from './inside.js';
import { type ListQuery, parseListQuery, queryIdentity } from './list-query.js';
import {
  countStatement,
  isNarrowed,
  listStatement,
  positionsStatement,
  recordStatement,
  recordsStatement,
} from './list-statement.js';
import { jsonReply, pageReply, recordReply, versionOfTag } from './reply.js';
import { type ReadContext, readContext, type Scope, scopeOf } from './scope.js';
import { type ResourceSpec, resourceOf, tableOf } from './spec.js';
import { columnValues, readStored, referencesIn, type Stored, writeLinks } from './stored.js';

/** What the database answers: every value as text. */
type Row = (string | null)[];

/**
 * The shared verbs over one resource. Reads are one statement whose result is the finished JSON; writes are one
 * transaction with the listeners inside it. Rules beyond these verbs belong to the feature's own service.
 */
export class Store {
  constructor(
    readonly spec: ResourceSpec,
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly listeners: readonly ChangeListener[],
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
    if (row) return recordReply(row[0]!, Number(row[1]), ask.choice);
    throw await this.absence(ask.actor, id);
  }

  /** A record's JSON computed by an expression of the feature's own, with the visibility of `get`. */
  async getComputed(ask: Ask, id: string, member: string): Promise<Reply> {
    const computed = { ...this.spec.computed, ...this.spec.detail }[member];
    if (!computed) throw new Error(`${this.spec.name} computes no ${member}`);
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const text = `select (${computed.sql(read, 'r')})::text from "${tableOf(this.spec)}" r
      where r.id = $${scope.parameters.length + 1}::uuid and ${scope.sql('r')}`;
    const [row] = await this.database.rows({ text, values: [...scope.parameters, id] });
    if (!row) throw await this.absence(ask.actor, id);
    return jsonReply(`{"items":${row[0] ?? '[]'}}`, ask.choice);
  }

  /** Throws `resource.not-found` unless the asker may see the record; for routes below it. */
  async mustSee(ask: Ask, id: string): Promise<void> {
    const scope = scopeOf(ask.actor);
    const text = `select 1 from "${tableOf(this.spec)}" r where r.id = $${scope.parameters.length + 1}::uuid and ${scope.sql('r')}`;
    const rows = await this.database.rows({ text, values: [...scope.parameters, id] });
    if (rows.length === 0) throw await this.absence(ask.actor, id);
  }

  /** @param manager the transaction this happens in: its connection is asked, since waiting for another may be in vain */
  private async absence(actor: Actor, id: string, manager?: EntityManager): Promise<Problem> {
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
    if (!mayKnowWithdrawn(actor, facts)) return problem('resource.not-found');
    return problem('resource.withdrawn', { extensions: { reason } });
  }

  /**
   * A new draft, owned by the asker's organization unless the body names another that the asker may write for.
   * @throws `request.invalid`, `resource.reference-unseen`, `auth.forbidden`, `resource.duplicate`
   */
  async create(ask: Ask): Promise<Reply> {
    const { actor } = ask;
    const body = validateBody(this.spec, withOwner(bodyOf(ask), actor));
    const id = newId();
    await this.database.transaction(async (manager) => {
      await this.mustOwn(manager, actor, body);
      await this.mustSeeReferences(manager, actor, body);
      await mustFitInside(manager, this.spec, actor, body);
      const now = new Date();
      const values = {
        id,
        version: 1,
        state: 'draft',
        createdAt: now,
        updatedAt: now,
        ...columnValues(this.spec, body),
      };
      await manager
        .createQueryBuilder()
        .insert()
        .into(this.spec.entity)
        .values(values as never)
        .execute();
      await writeLinks(manager, this.spec, id, body);
      await this.tell(manager, { kind: 'created', spec: this.spec, id, version: 1, actor, after: body });
    });
    const reply = await this.get(ask, id);
    return { ...reply, status: 201, location: `${ask.path}/${id}` };
  }

  /**
   * Changes the fields that the merge patch names; the whole resulting record is checked.
   * @throws `resource.precondition-required`, `resource.stale`, `auth.forbidden` and those of `create`
   */
  async update(ask: Ask, id: string): Promise<Reply> {
    const { actor } = ask;
    await this.database.transaction(async (manager) => {
      const stored = await this.mustWrite(manager, ask, id);
      const after = validateBody(this.spec, mergePatch(stored.body, bodyOf(ask), wholeFields(this.spec)));
      await this.mustOwn(manager, actor, after);
      await this.mustSeeReferences(manager, actor, after, stored.body);
      await mustFitInside(manager, this.spec, actor, after);
      await this.write(manager, stored, columnValues(this.spec, after));
      await writeLinks(manager, this.spec, id, after, stored.body);
      const version = stored.version + 1;
      await this.tell(manager, { kind: 'updated', spec: this.spec, id, version, actor, before: stored.body, after });
    });
    return this.get(ask, id);
  }

  /**
   * Makes a draft visible to its audience.
   * @throws `resource.conflict` unless the record is a draft
   */
  async publish(ask: Ask, id: string): Promise<Reply> {
    await this.database.transaction(async (manager) => {
      const stored = await this.mustWrite(manager, ask, id);
      if (stored.facts.state !== 'draft') throw problem('resource.conflict', { values: { state: stored.facts.state } });
      await this.write(manager, stored, { state: 'published', publishedAt: new Date() });
      await this.tell(manager, this.change('published', ask.actor, stored));
    });
    return this.get(ask, id);
  }

  /**
   * Takes a record back with a reason; what remains is a tombstone.
   * @throws `request.invalid` without a reason, `resource.withdrawn` when it is withdrawn already
   */
  async withdraw(ask: Ask, id: string): Promise<Reply> {
    const reason = reasonOf(bodyOf(ask));
    await this.database.transaction(async (manager) => {
      const stored = await this.mustWrite(manager, ask, id);
      await this.write(manager, stored, { state: 'withdrawn', withdrawalReason: reason });
      await this.tell(manager, { ...this.change('withdrawn', ask.actor, stored), reason });
    });
    return { status: 204, body: Buffer.alloc(0), languages: [] };
  }

  private change(kind: Change['kind'], actor: Actor, stored: Stored): Change {
    return {
      kind,
      spec: this.spec,
      id: stored.id,
      version: stored.version + 1,
      actor,
      before: stored.body,
      after: stored.body,
    };
  }

  /** The stored record, after the checks every change has in common: seen, allowed, of the version expected. */
  private async mustWrite(manager: EntityManager, ask: Ask, id: string): Promise<Stored> {
    const stored = await readStored(manager, this.spec, id);
    if (!stored || !maySee(ask.actor, stored.facts)) throw await this.absence(ask.actor, id, manager);
    if (!mayWrite(ask.actor, stored.facts)) throw problem('auth.forbidden');
    if (ask.ifMatch === undefined) throw problem('resource.precondition-required');
    if (versionOfTag(ask.ifMatch) !== stored.version)
      throw problem('resource.stale', { values: { version: stored.version } });
    return stored;
  }

  /** Conditional update: the version in the predicate decides races, never the order of reads. */
  private async write(manager: EntityManager, stored: Stored, values: Body): Promise<void> {
    const changed = { ...values, version: stored.version + 1, updatedAt: new Date() } as ObjectLiteral;
    const result = await manager
      .createQueryBuilder()
      .update(this.spec.entity)
      .set(changed)
      .where('id = :id and version = :version', { id: stored.id, version: stored.version })
      .execute();
    if (result.affected !== 1) throw problem('resource.stale', { values: { version: stored.version + 1 } });
  }

  /** The resulting record must be one the actor may write: nobody gives a record to, or takes it from, others. */
  private async mustOwn(manager: EntityManager, actor: Actor, body: Body): Promise<void> {
    const ownerId = (body.owner as { id: string } | undefined)?.id ?? null;
    const [owner] = (await manager.query('select side from organization where id = $1', [ownerId])) as {
      side: 'cn' | 'ru';
    }[];
    const facts: AccessFacts = { state: 'draft', audience: 'organization', ownerId, ownerSide: owner?.side ?? null };
    if (!mayWrite(actor, facts)) throw problem('auth.forbidden');
  }

  /** Every record that the body newly refers to must exist and be seen by the actor. */
  private async mustSeeReferences(manager: EntityManager, actor: Actor, body: Body, before: Body = {}): Promise<void> {
    const known = new Set(referencesIn(this.spec.entity, before).map(({ target, id }) => `${target}/${id}`));
    const scope = scopeOf(actor);
    const unseen = [];
    for (const reference of referencesIn(this.spec.entity, body)) {
      if (known.has(`${reference.target}/${reference.id}`)) continue;
      const text = `select 1 from "${tableOf(resourceOf(reference.target))}" r where r.id = $${scope.parameters.length + 1}::uuid and ${scope.sql('r')}`;
      const rows = (await manager.query(text, [...scope.parameters, reference.id])) as unknown[];
      if (rows.length === 0) unseen.push({ pointer: reference.pointer, code: 'unknown-reference' as const });
    }
    if (unseen.length > 0) throw problem('resource.reference-unseen', { errors: unseen });
  }

  private async tell(manager: EntityManager, change: Change): Promise<void> {
    for (const listener of this.listeners) await listener.onChange(change, manager);
  }
}

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

const nextLink = (ask: Ask, next: string): string => {
  const parameters = new URLSearchParams([...ask.parameters].filter(([name]) => name !== 'cursor'));
  parameters.set('cursor', next);
  return `${ask.path}?${parameters}`;
};

const bodyOf = (ask: Ask): Body => {
  if (typeof ask.body === 'object' && ask.body !== null && !Array.isArray(ask.body)) return ask.body as Body;
  throw problem('request.body-required');
};

const withOwner = (body: Body, actor: Actor): Body =>
  body.owner === undefined && actor.kind === 'account' ? { ...body, owner: { id: actor.organizationId } } : body;

/** Body of a withdrawal. */
class Withdrawal {
  @Localized({ required: true, max: 1000, multiline: true })
  reason: Body;
}

const reasonOf = (body: Body): Body => {
  const errors = validateShape(Withdrawal, body);
  if (errors.length > 0) throw invalid(errors);
  return body.reason as Body;
};
