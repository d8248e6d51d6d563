import type { EntityManager } from 'typeorm';
import type { Database } from '../infra/database/database.js';
import { can } from '../kernel/access.js';
import type { Author } from '../kernel/actor.js';
import type { Ask, Origin, Reply } from '../kernel/exchange.js';
import { newId } from '../kernel/ids.js';
import { problem } from '../kernel/problems.js';
import { type Body, validateBody } from './body.js';
import type { RecordReader } from './record-reader.js';
import type { RecordWriter } from './record-writer.js';
import { versionOfTag } from './reply.js';
import { type ResourceSpec, tableOf } from './spec.js';
import { columnValues, readStored, type Stored, writeLinks } from './stored.js';
import { runWrite } from './writes.js';

/** Who does something, and in which request. */
export type Doer = { actor: Author; origin?: Origin };

/** One step of a workflow with one record. */
export type Step = {
  /** Whether the actor may take it; somebody who sees the record and may not is answered 403. */
  may: (manager: EntityManager, stored: Stored) => boolean | Promise<boolean>;
  /** Whether a request that names an older version still speaks of the same; it never does without this. */
  accepts?: (named: number, stored: Stored) => boolean;
  /** The whole record as the step leaves it; the same body where nothing of it changes. */
  take: (manager: EntityManager, stored: Stored) => Promise<Body>;
  /** What the step does to other records, once this one is changed. */
  afterwards?: (manager: EntityManager) => Promise<void>;
  /** The answer, of what the step has left; the record itself without this. */
  answer?: (manager: EntityManager) => Promise<Reply>;
};

/**
 * Steps of a workflow: they change records by rules of their own, which may let somebody act on a record that is not
 * theirs to write. Version, listeners and retries are those of every write. The record is locked before it is read, so
 * that steps of several people come one after another.
 */
export class RecordActions {
  constructor(
    private readonly spec: ResourceSpec,
    private readonly database: Database,
    private readonly reader: RecordReader,
    private readonly writer: RecordWriter,
  ) {}

  /**
   * Takes a step in a transaction of its own.
   * @throws `resource.not-found`, `auth.forbidden`, `resource.precondition-required`, `resource.stale`, and what the
   *   step throws
   */
  step(ask: Ask, id: string, step: Step): Promise<Reply> {
    return runWrite(this.database, ask, async (manager) => {
      const stored = await this.seen(manager, ask, id);
      if (!(await step.may(manager, stored))) throw problem('auth.forbidden');
      mustNameVersion(ask, stored, step.accepts);
      await this.change(manager, ask, stored, await step.take(manager, stored));
      await step.afterwards?.(manager);
      return step.answer ? step.answer(manager) : this.reader.replyIn(manager, ask, id);
    });
  }

  /**
   * A record that the asker sees, locked until the transaction ends.
   * @throws `resource.not-found`, `resource.withdrawn`
   */
  async seen(manager: EntityManager, { actor }: Ask, id: string): Promise<Stored> {
    const stored = await this.locked(manager, id);
    if (stored && can(actor, 'read', this.spec.name, stored.facts)) return stored;
    throw await this.reader.absence(actor, id, manager);
  }

  /** A record, whoever may see it, locked until the transaction ends. */
  async locked(manager: EntityManager, id: string): Promise<Stored | undefined> {
    await manager.query(`select 1 from "${tableOf(this.spec)}" where id = $1 for update`, [id]);
    return readStored(manager, this.spec, id);
  }

  /** Writes what became of a record and tells the listeners; nothing where the body is the same. */
  async change(manager: EntityManager, { actor, origin }: Doer, stored: Stored, body: Body): Promise<void> {
    if (body === stored.body) return;
    const after = validateBody(this.spec, body);
    const facts = await this.writer.factsOf(manager, after, stored.facts.state);
    await this.writer.write(manager, stored, columnValues(this.spec, after));
    await writeLinks(manager, this.spec, stored.id, after, stored.body);
    const { id, version, body: before, facts: factsBefore, languages: languagesBefore } = stored;
    const now = { kind: 'updated', spec: this.spec, id, version: version + 1, actor, facts, after } as const;
    await this.writer.tell(manager, { ...now, before, factsBefore, languagesBefore, ...(origin && { origin }) });
  }

  /**
   * Adds a published record.
   * @returns its id
   */
  async addPublished(manager: EntityManager, { actor, origin }: Doer, body: Body): Promise<string> {
    const [id, after] = [newId(), validateBody(this.spec, body)];
    const facts = await this.writer.factsOf(manager, after, 'draft');
    const made = { spec: this.spec, id, actor, after, ...(origin && { origin }) };
    await this.writer.insert(manager, id, after);
    await this.writer.tell(manager, { ...made, kind: 'created', version: 1, facts });
    const stored = (await readStored(manager, this.spec, id))!;
    await this.writer.write(manager, stored, { state: 'published', publishedAt: new Date() });
    const published = { ...facts, state: 'published' } as const;
    const before = { before: after, factsBefore: facts, languagesBefore: stored.languages };
    await this.writer.tell(manager, { ...made, ...before, kind: 'published', version: 2, facts: published });
    return id;
  }

  /** The record as the asker sees it within a transaction. */
  reply(manager: EntityManager, ask: Ask, id: string): Promise<Reply> {
    return this.reader.replyIn(manager, ask, id);
  }
}

const mustNameVersion = ({ ifMatch }: Ask, stored: Stored, accepts: Step['accepts']): void => {
  if (ifMatch === undefined) throw problem('resource.precondition-required');
  const [named, { version }] = [versionOfTag(ifMatch), stored];
  if (named === version || (named !== undefined && accepts?.(named, stored))) return;
  throw problem('resource.stale', { values: { version } });
};
