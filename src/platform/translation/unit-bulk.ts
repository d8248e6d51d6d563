import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { invalid, problem } from '../../kernel/problems.js';
import type { Standing } from '../../kernel/translation-workflow.js';
import { jsonReply } from '../../resource/reply.js';
import { shapeBody } from '../../resource/shape-body.js';
import { runWrite } from '../../resource/writes.js';
import { BulkUnits } from './unit-bodies.js';
import { type UnitStep, UnitSteps } from './unit-steps.js';
import { type OpenUnit, Units } from './units.js';

type Action = BulkUnits['action'];

/** Which units of a record an action is meant for, where the record is named and not the units. */
const MEANT: Record<Action, readonly Standing[]> = {
  request: ['missing', 'stale'],
  claim: ['missing', 'stale', 'machine', 'draft', 'in-review'],
  release: ['missing', 'stale', 'machine', 'draft', 'in-review', 'approved'],
  submit: ['machine', 'draft'],
  approve: ['in-review'],
};

/** One step for many units: all of them or none (hardening A13). */
@Injectable()
export class UnitBulk {
  constructor(
    private readonly database: Database,
    private readonly units: Units,
    private readonly steps: UnitSteps,
  ) {}

  /**
   * @throws `request.invalid`, `resource.not-found` naming the units that are unknown or unseen, and what the step throws
   *   for any of them; then nothing is done to the others
   */
  async run(ask: Ask): Promise<Reply> {
    const body = shapeBody(BulkUnits, ask.body);
    if ((body.units === undefined) === (body.record === undefined))
      throw invalid([{ pointer: '', code: 'invalid-value' }]);
    return runWrite(this.database, ask, async (manager) => {
      const units = await this.meant(manager, ask, body);
      if (units.length === 0) throw invalid([{ pointer: '/units', code: 'required' }]);
      const step = this.stepOf(body.action);
      for (const unit of units) await step(manager, ask, unit);
      if (body.action === 'request') await this.tellTranslators(manager, ask, units);
      const views = await this.units.views(
        manager,
        units.map(({ row }) => row.id),
      );
      return jsonReply(JSON.stringify({ action: body.action, units: views }), ask.choice);
    });
  }

  private stepOf(action: Action): UnitStep {
    return this.steps[action];
  }

  private async meant(manager: EntityManager, ask: Ask, body: BulkUnits): Promise<OpenUnit[]> {
    if (body.units) {
      const ids = body.units.map(({ id }) => id);
      if (new Set(ids).size < ids.length) throw invalid([{ pointer: '/units', code: 'repeated-reference' }]);
      return this.units.open(manager, ask.actor, ids, 'units', (n) => `/units/${n}/id`);
    }
    const { resource, id } = body.record!;
    const ids = await this.units.ofRecord(manager, resource, id);
    const seen = await this.units.openSeen(manager, ask.actor, ids);
    if (seen.length === 0) throw problem('resource.not-found');
    return seen.filter(
      ({ row }) =>
        MEANT[body.action].includes(row.standing) &&
        (body.language === undefined || row.language === body.language) &&
        (body.action !== 'release' || row.assigneeId !== null),
    );
  }

  /** Once for each language and record, not for each of its texts. */
  private async tellTranslators(manager: EntityManager, ask: Ask, units: readonly OpenUnit[]): Promise<void> {
    const told = new Set<string>();
    for (const unit of units) {
      const { recordId, language } = unit.row;
      if (told.has(`${recordId}/${language}`)) continue;
      told.add(`${recordId}/${language}`);
      const translators = { roles: ['translator' as const], translatesInto: language };
      await this.steps.tell(manager, ask, unit, 'translation.requested', [translators]);
    }
  }
}
