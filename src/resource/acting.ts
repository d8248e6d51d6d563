import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import { Database } from '../infra/database/database.js';
import { type AccessFacts, can } from '../kernel/access.js';
import { type Author, SYSTEM } from '../kernel/actor.js';
import type { Ask, Origin, Reply } from '../kernel/exchange.js';
import { newId } from '../kernel/ids.js';
import { problem } from '../kernel/problems.js';
import { type Body, mergePatch, validateBody, wholeFields, writableFields } from './body.js';
import { CHANGE_LISTENERS, type Change, type ChangeListener } from './changes.js';
import { Cursors } from './cursor.js';
import { RecordReader } from './record-reader.js';
import { versionOfTag } from './reply.js';
import { WordSearches } from './search/word-search.js';
import { type ResourceSpec, tableOf } from './spec.js';
import { columnValues, readStored, type Stored, writeLinks } from './stored.js';
import { runWrite } from './writes.js';

/** Who changes something, and the request by which it is done. */
export type By = { actor: Author; origin?: Origin };

/**
 * Gives the fields that change, as a merge patch that may also name plain fields which no request sets; throws where
 * the change may not be.
 */
export type Decide = (manager: EntityManager, stored: Stored) => Promise<Body>;

/** Throws where somebody may not do what is asked. */
export type Guard = (manager: EntityManager, stored: Stored) => Promise<void>;

/**
 * Changes that a feature's own rules decide, such as the steps of a workflow: the rule says who may do what and when;
 * precondition, version, listeners and answer are those of every other write.
 */
@Injectable()
export class Acting {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly searches: WordSearches,
    @Inject(CHANGE_LISTENERS) private readonly listeners: readonly ChangeListener[],
  ) {}

  /**
   * A change of one record at somebody's request. The row is locked before it is read, so that the rule sees what the
   * change is made upon; the rule may write besides, in the same transaction.
   * @param mustBeAllowed throws for whoever sees the record and may not do this to it; asked before the precondition
   * @throws `resource.not-found`, `resource.precondition-required`, `resource.stale` and whatever the rule throws
   */
  act(spec: ResourceSpec, ask: Ask, id: string, mustBeAllowed: Guard, decide: Decide): Promise<Reply> {
    return this.change(spec, ask, id, mustBeAllowed, async (manager, stored) =>
      this.apply(manager, spec, stored, await decide(manager, stored), ask),
    );
  }

  /**
   * Publication of a draft together with what a workflow begins by it.
   * @throws `auth.forbidden`, `resource.conflict` unless the record is a draft, and those of `act`
   */
  publish(spec: ResourceSpec, ask: Ask, id: string, decide: Decide): Promise<Reply> {
    const mayPublish: Guard = async (_manager, { facts }) => {
      if (!can(ask.actor, 'publish', spec.name, facts)) throw problem('auth.forbidden');
    };
    return this.change(spec, ask, id, mayPublish, async (manager, stored) => {
      const { state } = stored.facts;
      if (state !== 'draft') throw problem('resource.conflict', { values: { state } });
      await this.publishAs(manager, spec, stored, await decide(manager, stored), ask);
    });
  }

  /** The record as it stands, locked until the end of the transaction; `undefined` where there is none. */
  async lock(manager: EntityManager, spec: ResourceSpec, id: string): Promise<Stored | undefined> {
    await manager.query(`select 1 from "${tableOf(spec)}" where id = $1 for update`, [id]);
    return readStored(manager, spec, id);
  }

  /** Writes a change of a locked record that has been decided, and tells the listeners of it. */
  async apply(manager: EntityManager, spec: ResourceSpec, stored: Stored, patch: Body, by: By): Promise<void> {
    const { after, columns, told } = merged(spec, stored, patch);
    await update(manager, spec, stored, columns);
    await writeLinks(manager, spec, stored.id, after, stored.body);
    await this.tell(manager, { ...changeOf('updated', spec, stored, by), after: told });
  }

  /**
   * A published record that the portal itself makes, such as the agenda item of a matter that has climbed.
   * @returns its id
   */
  async issue(manager: EntityManager, spec: ResourceSpec, content: Body): Promise<string> {
    const body = validateBody(spec, content);
    const [id, now, by] = [newId(), new Date(), { actor: SYSTEM }];
    const head = { id, version: 1, state: 'draft', createdAt: now, updatedAt: now };
    const row = { ...head, ...columnValues(spec, body) } as never;
    await manager.createQueryBuilder().insert().into(spec.entity).values(row).execute();
    await writeLinks(manager, spec, id, body);
    const stored = (await readStored(manager, spec, id))!;
    await this.tell(manager, { kind: 'created', spec, id, version: 1, ...by, facts: stored.facts, after: body });
    await this.publishAs(manager, spec, stored, {}, by);
    return id;
  }

  private async publishAs(manager: EntityManager, spec: ResourceSpec, stored: Stored, patch: Body, by: By) {
    const { columns, told } = merged(spec, stored, patch);
    await update(manager, spec, stored, { ...columns, state: 'published', publishedAt: new Date() });
    const facts: AccessFacts = { ...stored.facts, state: 'published' };
    await this.tell(manager, { ...changeOf('published', spec, stored, by), facts, after: told });
  }

  private change(
    spec: ResourceSpec,
    ask: Ask,
    id: string,
    mustBeAllowed: Guard,
    work: (manager: EntityManager, stored: Stored) => Promise<void>,
  ): Promise<Reply> {
    const reader = new RecordReader(spec, this.database, this.cursors, this.searches);
    return runWrite(this.database, ask, async (manager) => {
      const stored = await this.lock(manager, spec, id);
      if (!stored || !can(ask.actor, 'read', spec.name, stored.facts))
        throw await reader.absence(ask.actor, id, manager);
      await mustBeAllowed(manager, stored);
      mustBeCurrent(ask, stored);
      await work(manager, stored);
      return reader.replyIn(manager, ask, id);
    });
  }

  private async tell(manager: EntityManager, change: Change): Promise<void> {
    for (const listener of this.listeners) await listener.onChange(change, manager);
  }
}

/** The record after a patch: as a body, as columns, and as listeners are told of it. */
const merged = (spec: ResourceSpec, { body }: Stored, patch: Body) => {
  const writable = new Set(writableFields(spec));
  const isAsked = ([name]: [string, unknown]) => writable.has(name);
  const asked = Object.fromEntries(Object.entries(patch).filter(isAsked));
  const own = Object.fromEntries(Object.entries(patch).filter((member) => !isAsked(member)));
  const after = validateBody(spec, mergePatch(body, asked, wholeFields(spec)));
  return { after, columns: { ...columnValues(spec, after), ...own }, told: { ...after, ...own } };
};

const mustBeCurrent = ({ ifMatch }: Ask, { version }: Stored): void => {
  if (ifMatch === undefined) throw problem('resource.precondition-required');
  if (versionOfTag(ifMatch) !== version) throw problem('resource.stale', { values: { version } });
};

const changeOf = (kind: Change['kind'], spec: ResourceSpec, stored: Stored, { actor, origin }: By) => ({
  ...{ kind, spec, id: stored.id, version: stored.version + 1, actor, ...(origin && { origin }) },
  ...{ before: stored.body, factsBefore: stored.facts, facts: stored.facts, languagesBefore: stored.languages },
});

const update = async (manager: EntityManager, spec: ResourceSpec, { id, version }: Stored, values: Body) => {
  const changed = { ...values, version: version + 1, updatedAt: new Date() } as ObjectLiteral;
  const query = manager.createQueryBuilder().update(spec.entity).set(changed);
  const { affected } = await query.where('id = :id and version = :version', { id, version }).execute();
  if (affected !== 1) throw problem('resource.stale', { values: { version: version + 1 } });
};
