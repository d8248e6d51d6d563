import { isDeepStrictEqual } from 'node:util';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { AccessFacts } from '../kernel/access.js';
import type { Author } from '../kernel/actor.js';
import type { Origin } from '../kernel/exchange.js';
import { newId } from '../kernel/ids.js';
import { type Body, mergePatch, validateBody, wholeFields, writableFields } from './body.js';
import type { Change, ChangeListener } from './changes.js';
import { stale } from './precondition.js';
import type { ResourceSpec } from './spec.js';
import { columnValues, readStored, type Stored, writeLinks } from './stored.js';
import type { RecordWorkflow } from './workflow.js';

/** Who has something done, and by which request; the portal acts by itself without one. */
export type Cause = Readonly<{ actor: Author; origin?: Origin }>;

/** What a record becomes: the body that a request could have, and plain fields that no request sets. */
type Next = { body: Body; own: Body };

/** What listeners are told beside what changed. */
type More = Partial<Pick<Change, 'facts' | 'step' | 'texts'>>;

/**
 * How records of one resource change inside a transaction, once it has been decided that they may: the row, its links
 * and its version, then the listeners. Plain verbs, steps and what the portal does by itself all come through here.
 */
export class RecordChanges {
  constructor(
    private readonly spec: ResourceSpec,
    private readonly listeners: readonly ChangeListener[],
    private readonly workflow?: RecordWorkflow,
  ) {}

  /**
   * Makes of a locked record what somebody's rules have made of it; nothing happens where that is what stands.
   * @param after the whole record; plain fields that no request sets may be named beside, and stay where they are not
   * @param step by which it comes to that, which makes it a change even where nothing differs
   * @throws `request.invalid` where the outcome is none of the resource
   */
  async amend(manager: EntityManager, cause: Cause, stored: Stored, after: Body, step?: Change['step']): Promise<void> {
    const next = this.split(after);
    if (!step && stands(stored, next)) return;
    const facts = await this.factsOf(manager, next.body, stored.facts.state);
    await this.replace(manager, cause, stored, next, { facts, ...(step && { step }) });
  }

  /**
   * Adds a record, published at once where the state says so.
   * @returns its id
   * @throws `request.invalid` where the body is none of the resource
   */
  async add(manager: EntityManager, cause: Cause, body: Body, state: 'draft' | 'published'): Promise<string> {
    const [id, after] = [newId(), validateBody(this.spec, body)];
    await this.insert(manager, cause, id, after);
    if (state === 'published') await this.publish(manager, cause, (await readStored(manager, this.spec, id))!);
    return id;
  }

  /** Adds a draft whose body has been checked. */
  async insert(manager: EntityManager, cause: Cause, id: string, after: Body, facts?: AccessFacts): Promise<void> {
    const now = new Date();
    const head = { id, version: 1, state: 'draft', createdAt: now, updatedAt: now };
    const values = { ...head, ...columnValues(this.spec, after) } as never;
    await manager.createQueryBuilder().insert().into(this.spec.entity).values(values).execute();
    await writeLinks(manager, this.spec, id, after);
    const change = { ...this.change('created', cause, id, 1), after };
    await this.tell(manager, { ...change, facts: facts ?? (await this.factsOf(manager, after, 'draft')) });
  }

  /**
   * Publishes a draft.
   * @param after what it becomes by that, as in {@link amend}; what it is without this
   */
  async publish(manager: EntityManager, cause: Cause, stored: Stored, after?: Body): Promise<void> {
    const next = after ? this.split(after) : { body: stored.body, own: {} };
    const columns = after ? { ...columnValues(this.spec, next.body), ...next.own } : {};
    await this.write(manager, stored, { ...columns, state: 'published', publishedAt: new Date() });
    await writeLinks(manager, this.spec, stored.id, next.body, stored.body);
    const facts = await this.factsOf(manager, next.body, 'published');
    await this.tell(manager, { ...this.changeOf('published', cause, stored, next), facts });
  }

  /** Takes a record back. */
  async withdraw(manager: EntityManager, cause: Cause, stored: Stored, reason: Body): Promise<void> {
    await this.write(manager, stored, { state: 'withdrawn', withdrawalReason: reason });
    const facts = { ...stored.facts, state: 'withdrawn' } as const;
    const same = { body: stored.body, own: {} };
    await this.tell(manager, { ...this.changeOf('withdrawn', cause, stored, same), facts, reason });
  }

  /**
   * Writes natural texts of a locked record, so that writers of two languages never collide.
   * @param patch language maps by field
   * @throws `request.invalid`
   */
  async writeTexts(
    manager: EntityManager,
    cause: Cause,
    stored: Stored,
    patch: Body,
    texts: NonNullable<Change['texts']>,
  ): Promise<void> {
    const body = validateBody(this.spec, mergePatch(stored.body, patch, wholeFields(this.spec)));
    await this.replace(manager, cause, stored, { body, own: {} }, { texts });
  }

  /** Puts a checked body in the place of the stored one. */
  async replace(manager: EntityManager, cause: Cause, stored: Stored, next: Next, more: More = {}): Promise<void> {
    await this.write(manager, stored, { ...columnValues(this.spec, next.body), ...next.own });
    await writeLinks(manager, this.spec, stored.id, next.body, stored.body);
    await this.tell(manager, { ...this.changeOf('updated', cause, stored, next), ...more });
  }

  /** What decides who may see the record that a body makes. */
  async factsOf(manager: EntityManager, body: Body, state: AccessFacts['state']): Promise<AccessFacts> {
    const ownerId = (body.owner as { id: string } | undefined)?.id ?? null;
    const [owner] = (await manager.query('select side from organization where id = $1', [ownerId])) as {
      side: AccessFacts['ownerSide'];
    }[];
    return { state, audience: body.audience as AccessFacts['audience'], ownerId, ownerSide: owner?.side ?? null };
  }

  private split(after: Body): Next {
    const writable = new Set(writableFields(this.spec));
    const part = (isAsked: boolean): Body =>
      Object.fromEntries(Object.entries(after).filter(([name]) => writable.has(name) === isAsked));
    return { body: validateBody(this.spec, part(true)), own: part(false) };
  }

  /**
   * Conditional update: the version in the predicate decides races, never the order of reads.
   * @throws `resource.stale` for whoever came second
   */
  private async write(manager: EntityManager, stored: Stored, values: Body): Promise<void> {
    const { id, version } = stored;
    const changed = { ...values, version: version + 1, updatedAt: new Date() } as ObjectLiteral;
    const query = manager.createQueryBuilder().update(this.spec.entity).set(changed);
    const { affected } = await query.where('id = :id and version = :version', { id, version }).execute();
    if (affected !== 1) throw stale(this.spec, (await readStored(manager, this.spec, id)) ?? stored);
  }

  private change(kind: Change['kind'], { actor, origin }: Cause, id: string, version: number) {
    return { kind, spec: this.spec, id, version, actor, ...(origin && { origin }) };
  }

  private changeOf(kind: Change['kind'], cause: Cause, stored: Stored, { body, own }: Next) {
    const { id, version, facts, languages } = stored;
    const before = { ...stored.body, ...known(stored, own) };
    const was = { before, factsBefore: facts, facts, languagesBefore: languages };
    return { ...this.change(kind, cause, id, version + 1), ...was, after: { ...body, ...own } };
  }

  private async tell(manager: EntityManager, change: Change): Promise<void> {
    for (const listener of this.listeners) await listener.onChange(change, manager);
    await this.workflow?.followed?.(change, manager);
  }
}

/** What stands in the fields that no request sets. */
const known = ({ record }: Stored, own: Body): Body =>
  Object.fromEntries(Object.keys(own).map((name) => [name, record[name] ?? null]));

const stands = (stored: Stored, { body, own }: Next): boolean =>
  isDeepStrictEqual(body, stored.body) && isDeepStrictEqual(own, known(stored, own));
