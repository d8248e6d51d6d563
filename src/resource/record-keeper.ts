import type { EntityManager } from 'typeorm';
import type { AccessFacts } from '../kernel/access.js';
import type { Author } from '../kernel/actor.js';
import type { Origin } from '../kernel/exchange.js';
import { newId } from '../kernel/ids.js';
import { problem } from '../kernel/problems.js';
import { type Body, validateBody } from './body.js';
import type { RecordWriter } from './record-writer.js';
import type { ResourceSpec } from './spec.js';
import { readStored } from './stored.js';

/** Who has something done, and by which request. */
export type Cause = { actor: Author; origin?: Origin };

/**
 * What workflows do to records of one resource inside their own transactions. Whether it may be done is the workflow's
 * rule and was decided before; version, trail, feed and translation states follow as with every change.
 */
export class RecordKeeper {
  constructor(
    private readonly spec: ResourceSpec,
    private readonly writer: RecordWriter,
  ) {}

  /**
   * Sets columns of a record, also those that no request may set; nothing happens where they hold the values already.
   * @param values by field name; plain columns only
   * @throws `resource.not-found` where there is no such record
   */
  async amend(manager: EntityManager, { actor, origin }: Cause, id: string, values: Body): Promise<void> {
    const stored = await readStored(manager, this.spec, id);
    if (!stored) throw problem('resource.not-found');
    const known = Object.fromEntries(Object.keys(values).map((name) => [name, stored.record[name] ?? null]));
    if (Object.entries(values).every(([name, value]) => known[name] === (value ?? null))) return;
    await this.writer.write(manager, stored, values);
    const audience = (values.audience as AccessFacts['audience'] | undefined) ?? stored.facts.audience;
    await this.writer.tell(manager, {
      ...{ kind: 'updated', spec: this.spec, id, version: stored.version + 1, actor, ...(origin && { origin }) },
      before: { ...stored.body, ...known },
      factsBefore: stored.facts,
      languagesBefore: stored.languages,
      after: { ...stored.body, ...values },
      facts: { ...stored.facts, audience },
    });
  }

  /**
   * Adds a record that the portal writes by its own rules, published at once where the state says so.
   * @returns its id
   * @throws `request.invalid` where the body is none of the resource: a fault of the workflow
   */
  async add(manager: EntityManager, cause: Cause, body: Body, state: 'draft' | 'published'): Promise<string> {
    const { actor, origin } = cause;
    const [id, after] = [newId(), validateBody(this.spec, body)];
    const facts = await this.writer.factsOf(manager, after, 'draft');
    await this.writer.insert(manager, id, after);
    const made = { spec: this.spec, id, actor, after, facts, ...(origin && { origin }) };
    await this.writer.tell(manager, { ...made, kind: 'created', version: 1 });
    if (state === 'published') await this.publish(manager, cause, id);
    return id;
  }

  private async publish(manager: EntityManager, { actor, origin }: Cause, id: string): Promise<void> {
    const stored = (await readStored(manager, this.spec, id))!;
    await this.writer.write(manager, stored, { state: 'published', publishedAt: new Date() });
    const { body, facts: factsBefore, languages: languagesBefore } = stored;
    const facts = { ...factsBefore, state: 'published' } as const;
    const change = { kind: 'published', spec: this.spec, id, version: stored.version + 1, actor } as const;
    const before = { before: body, factsBefore, languagesBefore };
    await this.writer.tell(manager, { ...change, ...before, after: body, facts, ...(origin && { origin }) });
  }
}
