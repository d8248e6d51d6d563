import type { EntityManager } from 'typeorm';
import type { Database } from '../infra/database/database.js';
import { can, type Verb } from '../kernel/access.js';
import { type Actor, organizationOf } from '../kernel/actor.js';
import type { Ask, Reply } from '../kernel/exchange.js';
import { newId } from '../kernel/ids.js';
import { invalid, problem } from '../kernel/problems.js';
import { type Body, mergePatch, validateBody, validateShape, wholeFields } from './body.js';
import { Localized } from './fields.js';
import { mustFitInside } from './inside.js';
import { passesTranslations } from './language-locks.js';
import { mustNameVersion } from './precondition.js';
import type { RecordChanges } from './record-changes.js';
import type { RecordReader } from './record-reader.js';
import { mustSeeReferences } from './references.js';
import { mustBeginAllowed, mustLeaveSettled } from './settled.js';
import type { ResourceSpec } from './spec.js';
import type { Stored } from './stored.js';
import { mustBeAgreed, mustOnlyTranslate, mustWordOwnSide } from './translating.js';
import type { RecordWorkflow } from './workflow.js';
import { runWrite } from './writes.js';

/** What a draft becomes by its publication, beside being published: the whole record, as `RecordChanges.amend` takes it. */
export type Begin = (manager: EntityManager, stored: Stored) => Promise<Body>;

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
    private readonly changes: RecordChanges,
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
    const facts = await this.changes.factsOf(manager, asked, 'draft');
    if (!can(ask.actor, 'create', this.spec.name, facts)) throw problem('auth.forbidden');
    await mustSeeReferences(manager, this.spec, ask.actor, asked);
    await mustFitInside(manager, this.spec, ask.actor, asked);
    const body = (await this.workflow?.settle({ manager, ask, id, after: asked })) ?? asked;
    await this.changes.insert(manager, ask, id, body, facts);
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
      const facts = await this.changes.factsOf(manager, merged, stored.facts.state);
      // Nobody gives a record away, or takes it from others.
      if (isOwn && !can(ask.actor, 'update', this.spec.name, facts)) throw problem('auth.forbidden');
      await mustSeeReferences(manager, this.spec, ask.actor, merged, stored.body);
      if (isOwn) await mustFitInside(manager, this.spec, ask.actor, merged);
      const after = (await this.workflow?.settle({ manager, ask, id, after: merged, stored })) ?? merged;
      await this.changes.replace(manager, ask, stored, { body: after, own: {} }, { facts });
      return this.reader.replyIn(manager, ask, id);
    });
  }

  /**
   * Makes a draft visible to its audience.
   * @param begin what a workflow begins by it
   * @throws `resource.conflict` unless the record is a draft, `translation.not-agreed` where its authentic texts lack an
   *   approval
   */
  publish(ask: Ask, id: string, begin?: Begin): Promise<Reply> {
    return runWrite(this.database, ask, async (manager) => {
      const stored = await this.mustWrite(manager, ask, id, ['publish']);
      const { state } = stored.facts;
      if (state !== 'draft') throw problem('resource.conflict', { values: { state } });
      await mustBeAgreed(manager, this.spec, stored);
      await this.changes.publish(manager, ask, stored, await begin?.(manager, stored));
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
      await this.changes.withdraw(manager, ask, stored, reason);
      return { status: 204, body: Buffer.alloc(0), languages: [] };
    });
  }

  /**
   * The stored record, after the checks every change has in common: seen, allowed, of the version expected. A patch
   * passes what others have translated meanwhile.
   */
  private async mustWrite(
    manager: EntityManager,
    ask: Ask,
    id: string,
    verbs: readonly Verb[],
    patch?: Body,
  ): Promise<Stored> {
    const stored = await this.reader.seenIn(manager, ask, id);
    if (!verbs.some((verb) => can(ask.actor, verb, this.spec.name, stored.facts))) throw problem('auth.forbidden');
    const passes = (seen: number) => patch !== undefined && passesTranslations(manager, this.spec, stored, seen, patch);
    await mustNameVersion(this.spec, ask, stored, passes);
    return stored;
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
