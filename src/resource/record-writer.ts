import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { Database } from '../infra/database/database.js';
import { type AccessFacts, can, type Verb } from '../kernel/access.js';
import { type Actor, organizationOf } from '../kernel/actor.js';
import type { Ask, Reply } from '../kernel/exchange.js';
import { newId } from '../kernel/ids.js';
import { invalid, problem } from '../kernel/problems.js';
import { type Body, mergePatch, validateBody, validateShape, wholeFields } from './body.js';
import type { Change, ChangeListener } from './changes.js';
import { Localized } from './fields.js';
import { mustFitInside } from './inside.js';
import { passesTranslations } from './language-locks.js';
import type { RecordReader } from './record-reader.js';
import { mustSeeReferences } from './references.js';
import { versionOfTag } from './reply.js';
import { mustBeginAllowed, mustLeaveSettled } from './settled.js';
import type { ResourceSpec } from './spec.js';
import { stale } from './stale.js';
import { columnValues, lockStored, readStored, type Stored, writeLinks } from './stored.js';
import { mustBeAgreed, mustOnlyTranslate, mustWordOwnSide } from './translating.js';
import type { RecordWorkflow } from './workflow.js';
import { runWrite } from './writes.js';

/**
 * The verbs that change records of one resource. Each is one transaction with the listeners inside it and goes the
 * same way: the stored record is seen, the actor may do it, the version is the one expected, the whole resulting
 * record is good and still the actor's, its references are seen; then the conditional update, then the listeners.
 */
export class RecordWriter {
  constructor(
    private readonly spec: ResourceSpec,
    private readonly database: Database,
    private readonly reader: RecordReader,
    private readonly listeners: readonly ChangeListener[],
    private readonly workflow?: RecordWorkflow,
  ) {}

  /**
   * A new draft, owned by the asker's organization unless the body names another that the asker may write for.
   * @throws `request.invalid`, `resource.reference-unseen`, `auth.forbidden`, `resource.duplicate`
   */
  create(ask: Ask): Promise<Reply> {
    mustBeginAllowed(this.spec, bodyOf(ask));
    const asked = validateBody(this.spec, withOwner(bodyOf(ask), ask.actor));
    return runWrite(this.database, ask, (manager) => this.createIn(manager, ask, asked));
  }

  /** The same inside a transaction of somebody else's, such as an action that makes a record of another resource. */
  async createIn(
    manager: EntityManager,
    ask: Ask,
    asked = validateBody(this.spec, withOwner(bodyOf(ask), ask.actor)),
  ): Promise<Reply> {
    const id = newId();
    const facts = await this.factsOf(manager, asked, 'draft');
    if (!can(ask.actor, 'create', this.spec.name, facts)) throw problem('auth.forbidden');
    await mustSeeReferences(manager, this.spec, ask.actor, asked);
    await mustFitInside(manager, this.spec, ask.actor, asked);
    const body = (await this.workflow?.settle({ manager, ask, id, after: asked })) ?? asked;
    await this.insert(manager, id, body);
    await this.tell(manager, { ...this.change('created', ask, id, 1), facts, after: body });
    const reply = await this.reader.replyIn(manager, ask, id);
    return { ...reply, status: 201, location: `${ask.path}/${id}` };
  }

  /**
   * Changes the fields that the merge patch names; the whole resulting record is checked. A translator writes only
   * texts of the language translated into.
   * @throws `resource.precondition-required`, `resource.stale`, `auth.forbidden` and those of `create`
   */
  update(ask: Ask, id: string): Promise<Reply> {
    const patch = bodyOf(ask);
    mustLeaveSettled(this.spec, patch);
    return runWrite(this.database, ask, async (manager) => {
      const stored = await this.mustWrite(manager, ask, id, ['update', 'translate'], patch);
      const isOwn = can(ask.actor, 'update', this.spec.name, stored.facts);
      if (isOwn) mustWordOwnSide(this.spec, ask.actor, stored, patch);
      else await mustOnlyTranslate(manager, this.spec, ask.actor, stored, patch);
      const merged = validateBody(this.spec, mergePatch(stored.body, patch, wholeFields(this.spec)));
      const facts = await this.factsOf(manager, merged, stored.facts.state);
      // Nobody gives a record away, or takes it from others.
      if (isOwn && !can(ask.actor, 'update', this.spec.name, facts)) throw problem('auth.forbidden');
      await mustSeeReferences(manager, this.spec, ask.actor, merged, stored.body);
      if (isOwn) await mustFitInside(manager, this.spec, ask.actor, merged);
      const after = (await this.workflow?.settle({ manager, ask, id, after: merged, stored })) ?? merged;
      await this.write(manager, stored, columnValues(this.spec, after));
      await writeLinks(manager, this.spec, id, after, stored.body);
      await this.tell(manager, { ...this.changeOf('updated', ask, stored), facts, after });
      return this.reader.replyIn(manager, ask, id);
    });
  }

  /**
   * Makes a draft visible to its audience.
   * @throws `resource.conflict` unless the record is a draft, `translation.not-agreed` where its authentic texts lack an
   *   approval
   */
  publish(ask: Ask, id: string): Promise<Reply> {
    return runWrite(this.database, ask, async (manager) => {
      const stored = await this.mustWrite(manager, ask, id, ['publish']);
      const { state } = stored.facts;
      if (state !== 'draft') throw problem('resource.conflict', { values: { state } });
      await mustBeAgreed(manager, this.spec, stored);
      await this.write(manager, stored, { state: 'published', publishedAt: new Date() });
      const change = this.changeOf('published', ask, stored);
      await this.tell(manager, { ...change, facts: { ...stored.facts, state: 'published' } });
      return this.reader.replyIn(manager, ask, id);
    });
  }

  /**
   * Takes a record back with a reason; what remains is a tombstone.
   * @throws `request.invalid` without a reason, `resource.withdrawn` when it is withdrawn already
   */
  withdraw(ask: Ask, id: string): Promise<Reply> {
    const reason = reasonOf(bodyOf(ask));
    return runWrite(this.database, ask, async (manager) => {
      const stored = await this.mustWrite(manager, ask, id, ['withdraw']);
      await this.write(manager, stored, { state: 'withdrawn', withdrawalReason: reason });
      const change = this.changeOf('withdrawn', ask, stored);
      await this.tell(manager, { ...change, facts: { ...stored.facts, state: 'withdrawn' }, reason });
      return { status: 204, body: Buffer.alloc(0), languages: [] };
    });
  }

  /**
   * Writes natural texts of a record that {@link lockStored} has read, in the transaction of a caller who has decided that
   * they may be written. The row is locked, so that writers of two languages never collide.
   * @param patch language maps by field
   * @throws `request.invalid`
   */
  async writeTexts(
    manager: EntityManager,
    by: Pick<Ask, 'actor' | 'origin'>,
    stored: Stored,
    patch: Body,
    texts: NonNullable<Change['texts']>,
  ): Promise<void> {
    const after = validateBody(this.spec, mergePatch(stored.body, patch, wholeFields(this.spec)));
    await this.write(manager, stored, columnValues(this.spec, after));
    await this.tell(manager, { ...this.changeOf('updated', by, stored), facts: stored.facts, after, texts });
  }

  private change(kind: Change['kind'], { actor, origin }: Pick<Ask, 'actor' | 'origin'>, id: string, version: number) {
    return { kind, spec: this.spec, id, version, actor, origin };
  }

  changeOf(kind: Change['kind'], ask: Pick<Ask, 'actor' | 'origin'>, stored: Stored) {
    const { id, version, body, facts, languages } = stored;
    const before = { before: body, factsBefore: facts, languagesBefore: languages };
    return { ...this.change(kind, ask, id, version + 1), ...before, after: body };
  }

  /**
   * The stored record, after the checks every change has in common: seen, allowed, of the version expected. A patch waits
   * for whoever is writing the record, and passes what others have translated meanwhile.
   */
  private async mustWrite(
    manager: EntityManager,
    ask: Ask,
    id: string,
    verbs: readonly Verb[],
    patch?: Body,
  ): Promise<Stored> {
    const { actor, ifMatch } = ask;
    const { name } = this.spec;
    const stored = await (patch ? lockStored : readStored)(manager, this.spec, id);
    if (!stored || !can(actor, 'read', name, stored.facts)) throw await this.reader.absence(actor, id, manager);
    if (!verbs.some((verb) => can(actor, verb, name, stored.facts))) throw problem('auth.forbidden');
    if (ifMatch === undefined) throw problem('resource.precondition-required');
    const seen = versionOfTag(ifMatch);
    if (seen === stored.version) return stored;
    const passes = seen && patch && (await passesTranslations(manager, this.spec, stored, seen, patch));
    if (!passes) throw stale(this.spec, stored);
    return stored;
  }

  /** What decides who may see the record that a body makes. */
  async factsOf(manager: EntityManager, body: Body, state: AccessFacts['state']): Promise<AccessFacts> {
    const ownerId = (body.owner as { id: string } | undefined)?.id ?? null;
    const [owner] = (await manager.query('select side from organization where id = $1', [ownerId])) as {
      side: AccessFacts['ownerSide'];
    }[];
    return { state, audience: body.audience as AccessFacts['audience'], ownerId, ownerSide: owner?.side ?? null };
  }

  async insert(manager: EntityManager, id: string, body: Body): Promise<void> {
    const now = new Date();
    const head = { id, version: 1, state: 'draft', createdAt: now, updatedAt: now };
    await manager
      .createQueryBuilder()
      .insert()
      .into(this.spec.entity)
      .values({ ...head, ...columnValues(this.spec, body) } as never)
      .execute();
    await writeLinks(manager, this.spec, id, body);
  }

  /**
   * Conditional update: the version in the predicate decides races, never the order of reads.
   * @throws `resource.stale` for whoever came second
   */
  async write(manager: EntityManager, stored: Stored, values: Body): Promise<void> {
    const changed = { ...values, version: stored.version + 1, updatedAt: new Date() } as ObjectLiteral;
    const result = await manager
      .createQueryBuilder()
      .update(this.spec.entity)
      .set(changed)
      .where('id = :id and version = :version', { id: stored.id, version: stored.version })
      .execute();
    if (result.affected !== 1) throw stale(this.spec, (await readStored(manager, this.spec, stored.id)) ?? stored);
  }

  async tell(manager: EntityManager, change: Change): Promise<void> {
    for (const listener of this.listeners) await listener.onChange(change, manager);
    await this.workflow?.followed?.(change, manager);
  }
}

const bodyOf = (ask: Ask): Body => {
  if (typeof ask.body === 'object' && ask.body !== null && !Array.isArray(ask.body)) return ask.body as Body;
  throw problem('request.body-required');
};

const withOwner = (body: Body, actor: Actor): Body => {
  const id = organizationOf(actor);
  return body.owner === undefined && id !== null ? { ...body, owner: { id } } : body;
};

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
