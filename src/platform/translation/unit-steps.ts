import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Ask } from '../../kernel/exchange.js';
import type { LanguageMap } from '../../kernel/languages.js';
import { problem } from '../../kernel/problems.js';
import { afterEvent, CLAIM_HOURS, mayReview, SIDE_OF_LANGUAGE } from '../../kernel/translation-workflow.js';
import type { NotificationAudience } from '../notifications/notifier.js';
import { Notifier } from '../notifications/notifier.js';
import { type Step, UnitChanges, wrongState } from './unit-changes.js';
import { UnitChecks } from './unit-checks.js';
import { textUnitOf } from './unit-rows.js';
import { mayWriteUnit, type OpenUnit, personOf } from './units.js';

/** What is done to one unit, in a transaction that holds its row. */
export type UnitStep = (manager: EntityManager, ask: Ask, unit: OpenUnit) => Promise<void>;

/** Whoever has claimed a text works on it until the claim runs out. @throws `translation.claimed` */
export const mustBeFree = ({ row }: OpenUnit, by: string): void => {
  if (row.assigneeId !== null && row.assigneeId !== by)
    throw problem('translation.claimed', { extensions: { claimedUntil: row.claimedUntil } });
};

/** @throws `auth.forbidden` */
const mustWrite = (ask: Ask, unit: OpenUnit): string => {
  const { id } = personOf(ask.actor);
  if (!mayWriteUnit(ask.actor, unit)) throw problem('auth.forbidden');
  return id;
};

/** @throws `auth.forbidden`: also where one side would speak for the other (hardening A17) */
const mustReview = (ask: Ask, unit: OpenUnit): string => {
  const { id } = personOf(ask.actor);
  if (!mayReview(ask.actor, unit.row)) throw problem('auth.forbidden');
  return id;
};

/** The steps of the workflow with who may take them; alone, and in bulk. */
@Injectable()
export class UnitSteps {
  constructor(
    private readonly changes: UnitChanges,
    private readonly checks: UnitChecks,
    private readonly notifier: Notifier,
  ) {}

  /** Takes a text for a while, or goes on with it. */
  readonly claim: UnitStep = async (manager, ask, unit) => {
    const by = mustWrite(ask, unit);
    mustBeFree(unit, by);
    if (unit.row.standing === 'approved') throw wrongState(unit.row);
    await manager.query(
      `update translation set assignee_id = $2, claimed_until = now() + $3 * interval '1 hour' where id = $1`,
      [unit.row.id, by, CLAIM_HOURS],
    );
    await this.changes.note(manager, ask, unit, 'claim', { assignee: by });
  };

  /** Gives a claimed text back. */
  readonly release: UnitStep = async (manager, ask, unit) => {
    const { id } = personOf(ask.actor);
    if (unit.row.assigneeId === null) throw wrongState(unit.row);
    mustBeFree(unit, id);
    await manager.query('update translation set assignee_id = null, claimed_until = null where id = $1', [unit.row.id]);
    await this.changes.note(manager, ask, unit, 'release', { assignee: null });
  };

  /** Hands a text on to those who may approve it. */
  readonly submit: UnitStep = async (manager, ask, unit) => {
    const by = mustWrite(ask, unit);
    mustBeFree(unit, by);
    await this.changes.step(manager, ask, unit, { kind: 'submit', by });
    const { language, authentic } = unit.row;
    const side: NotificationAudience = { side: SIDE_OF_LANGUAGE[language], roles: ['coordinator'] };
    const translators: NotificationAudience = { roles: ['translator'], translatesInto: language };
    await this.tell(manager, ask, unit, 'translation.to-review', authentic ? [side] : [side, translators]);
  };

  /** Approves what somebody else wrote, and what the checks let pass. */
  readonly approve: UnitStep = async (manager, ask, unit) => {
    const by = mustReview(ask, unit);
    await this.settle(manager, ask, unit, { kind: 'approve', by });
    await this.tellAuthor(manager, ask, unit, 'translation.approved');
  };

  /** Sends a text back to its author. */
  readonly return = async (manager: EntityManager, ask: Ask, unit: OpenUnit, reason: LanguageMap): Promise<void> => {
    mustReview(ask, unit);
    await this.changes.step(manager, ask, unit, { kind: 'return' }, reason);
    await this.tellAuthor(manager, ask, unit, 'translation.returned', { reason });
  };

  /** Signs that the translation says what the changed original says. */
  readonly confirm = async (manager: EntityManager, ask: Ask, unit: OpenUnit, reason: LanguageMap): Promise<void> => {
    const { id: by } = personOf(ask.actor);
    const mayApprove = mayReview(ask.actor, unit.row);
    if (!mayApprove) mustWrite(ask, unit);
    await this.settle(manager, ask, unit, { kind: 'confirm-unchanged', by, mayApprove }, reason);
  };

  /** Asks the translators for a text that is missing or stale. */
  readonly request: UnitStep = async (manager, ask, unit) => {
    mustWrite(ask, unit);
    if (!['missing', 'stale'].includes(unit.row.standing)) throw wrongState(unit.row);
    await this.changes.note(manager, ask, unit, 'request', { state: unit.row.standing });
  };

  /** A step that may leave the text approved: then the checks have to let the pair pass. */
  private async settle(
    manager: EntityManager,
    ask: Ask,
    unit: OpenUnit,
    event: Step,
    reason?: LanguageMap,
  ): Promise<void> {
    const next = afterEvent(textUnitOf(unit.row), event);
    if (typeof next === 'object' && next.state === 'approved') await this.checks.mustPass(manager, ask.actor, unit);
    await this.changes.step(manager, ask, unit, event, reason);
  }

  private async tellAuthor(
    manager: EntityManager,
    ask: Ask,
    unit: OpenUnit,
    kind: 'translation.approved' | 'translation.returned',
    values: Record<string, LanguageMap> = {},
  ): Promise<void> {
    const author = unit.row.authorId ?? unit.row.submitterId;
    if (author) await this.tell(manager, ask, unit, kind, [{ accountIds: [author] }], values);
  }

  /** Tells people about a text; its record's name stands for it. */
  async tell(
    manager: EntityManager,
    ask: Ask,
    { row, stored }: OpenUnit,
    kind: `translation.${'requested' | 'to-review' | 'approved' | 'returned'}`,
    to: readonly NotificationAudience[],
    values: Record<string, LanguageMap> = {},
  ): Promise<void> {
    const name = (stored.body.name ?? stored.body.title ?? stored.body[row.field] ?? {}) as LanguageMap;
    const causedBy = personOf(ask.actor).id;
    const about = { resource: row.resource, id: row.recordId };
    await this.notifier.notify(manager, { kind, about, to, values: { name, ...values }, causedBy });
  }
}
