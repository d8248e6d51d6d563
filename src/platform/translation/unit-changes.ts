import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import type { Ask } from '../../kernel/exchange.js';
import type { LanguageMap } from '../../kernel/languages.js';
import { problem } from '../../kernel/problems.js';
import { afterEvent, type TextUnit, type UnitEvent } from '../../kernel/translation-workflow.js';
import { resourceOf } from '../../resource/spec.js';
import { Trail } from '../audit/trail.js';
import { appendToFeed } from '../feed/feed.listener.js';
import { textUnitOf, type UnitRow } from './unit-rows.js';
import { type OpenUnit, textsOf } from './units.js';

/** What the workflow may do to a text without changing its words. */
export type Step = Exclude<UnitEvent, { kind: 'write' | 'original' }>;

/** What the workflow calls being reviewed is a draft to those who read the record. */
const shown = (standing: UnitRow['standing']): string => (standing === 'in-review' ? 'draft' : standing);

/** Carries the steps of the workflow out: the unit, the trail, and the feed where readers of the record notice. */
@Injectable()
export class UnitChanges {
  constructor(
    private readonly database: Database,
    private readonly trail: Trail,
  ) {}

  /**
   * One step of one unit, whose row the caller has locked.
   * @throws `translation.wrong-state`, `translation.own-work`
   */
  async step(manager: EntityManager, ask: Ask, unit: OpenUnit, event: Step, reason?: LanguageMap): Promise<void> {
    const next = afterEvent(textUnitOf(unit.row), event);
    if (next === 'own-work') throw problem('translation.own-work');
    if (next === 'wrong-state') throw wrongState(unit.row);
    const standing = await this.write(manager, unit, next);
    await this.tell(manager, ask, unit, { action: event.kind, standing, ...(reason && { reason }) });
  }

  /** An entry of the trail about a unit, with the state it came into. */
  async note(
    manager: EntityManager,
    ask: Ask,
    { row, stored }: OpenUnit,
    action: string,
    after: object,
  ): Promise<void> {
    const { recordId: record, resource, field, language } = row;
    await this.trail.record(manager, {
      ...{ actor: ask.actor, origin: ask.origin, action: `translation.${action}`, facts: stored.facts },
      object: { resource: 'translation-unit', id: row.id, version: row.version },
      factsBefore: stored.facts,
      after: { record, resource, field, language, ...after },
    });
  }

  private async write(manager: EntityManager, unit: OpenUnit, next: TextUnit): Promise<UnitRow['standing']> {
    const { original, text } = textsOf(unit);
    const isApproval = next.state === 'approved';
    const [[row]] = (await manager.query(
      `update translation set state = $2, submitter_id = $3, approver_id = $4, source_hash = decode($5, 'hex'),
         approved_at = case when $6 then now() else approved_at end,
         approved_text = case when $6 then $7 else approved_text end,
         approved_original = case when $6 then $8 else approved_original end
       where id = $1 returning standing`,
      [unit.row.id, next.state, next.submitterId, next.approverId, next.madeFrom, isApproval, text, original],
    )) as [{ standing: UnitRow['standing'] }[]];
    return row!.standing;
  }

  private async tell(
    manager: EntityManager,
    ask: Ask,
    unit: OpenUnit,
    { action, standing, reason }: { action: string; standing: UnitRow['standing']; reason?: LanguageMap },
  ): Promise<void> {
    const { row, stored } = unit;
    await this.note(manager, ask, unit, action, { state: standing, ...(reason && { reason }) });
    const [from, to] = [shown(row.standing), shown(standing)];
    if (from === to) return;
    const change = {
      ...{ kind: 'updated' as const, spec: resourceOf(row.resource), id: row.recordId, version: stored.version },
      ...{ actor: ask.actor, facts: stored.facts, factsBefore: stored.facts, after: stored.body },
    };
    const told = { type: 'language' as const, fields: [row.field], languages: { [row.language]: { from, to } } };
    this.database.beforeCommit(manager, () => appendToFeed(manager, change, [told]));
  }
}

/** The refusal that names the state. */
export const wrongState = ({ standing }: UnitRow): Error =>
  problem('translation.wrong-state', { values: { state: standing } });
