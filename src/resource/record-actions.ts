import type { EntityManager } from 'typeorm';
import type { RecordState } from '../kernel/access.js';
import type { Author } from '../kernel/actor.js';
import type { Origin } from '../kernel/exchange.js';
import { newId } from '../kernel/ids.js';
import { problem } from '../kernel/problems.js';
import { type Body, validateBody } from './body.js';
import type { Change, ChangeListener } from './changes.js';
import { insertRow, updateRow } from './record-rows.js';
import type { ResourceSpec } from './spec.js';
import { factsOf, readStored } from './stored.js';

/** Who has something done, and by which request. */
export type Cause = { actor: Author; origin?: Origin };

/**
 * What workflows do to records of one resource inside their own transactions. Whether it may be done is the workflow's
 * rule and was decided before; version, trail, feed and translation states follow as with every change.
 */
export class RecordActions {
  constructor(
    private readonly spec: ResourceSpec,
    private readonly listeners: readonly ChangeListener[],
  ) {}

  /**
   * Sets columns of a record, also those that no request may set; nothing happens where they hold the values already.
   * @param values by field name; plain columns only
   * @throws `resource.not-found` where there is no such record
   */
  async amend(manager: EntityManager, cause: Cause, id: string, values: Body): Promise<void> {
    const stored = await readStored(manager, this.spec, id);
    if (!stored) throw problem('resource.not-found');
    const known = Object.fromEntries(Object.keys(values).map((name) => [name, stored.record[name] ?? null]));
    if (Object.entries(values).every(([name, value]) => known[name] === (value ?? null))) return;
    await updateRow(manager, this.spec, stored, values);
    const facts = { ...stored.facts, ...('audience' in values && { audience: values.audience }) };
    await this.tell(manager, {
      ...this.change('updated', cause, id, stored.version + 1),
      before: { ...stored.body, ...known },
      factsBefore: stored.facts,
      languagesBefore: stored.languages,
      after: { ...stored.body, ...values },
      facts: facts as Change['facts'],
    });
  }

  /**
   * Adds a record that the portal writes by its own rules.
   * @param columns values of fields that no request may set
   * @returns its id
   * @throws `request.invalid` where the body is none of the resource: a fault of the workflow
   */
  async add(
    manager: EntityManager,
    cause: Cause,
    body: Body,
    state: Exclude<RecordState, 'withdrawn'>,
    columns: Body = {},
  ): Promise<string> {
    const checked = { ...validateBody(this.spec, body), ...columns };
    const id = newId();
    await insertRow(manager, this.spec, id, checked, { state, ...columns });
    const facts = await factsOf(manager, checked, state);
    await this.tell(manager, { ...this.change('created', cause, id, 1), facts, after: checked });
    return id;
  }

  private change(kind: Change['kind'], { actor, origin }: Cause, id: string, version: number) {
    return { kind, spec: this.spec, id, version, actor, ...(origin && { origin }) };
  }

  private async tell(manager: EntityManager, change: Change): Promise<void> {
    for (const listener of this.listeners) await listener.onChange(change, manager);
  }
}
