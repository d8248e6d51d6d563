import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { WorkflowListeners } from '../../../platform/changes/workflow-listeners.js';
import { Notifier } from '../../../platform/notifications/notifier.js';
import type { Body } from '../../../resource/body.js';
import type { Change, ChangeListener } from '../../../resource/changes.js';
import { DecisionReturns } from './decision-returns.js';

type Id = { id: string };

/**
 * Follows decisions, their tasks and the meetings of their mechanisms: whoever is newly assigned is told, and what is
 * open returns to the next meeting's agenda.
 */
@Injectable()
export class DecisionFollower implements ChangeListener, OnModuleInit {
  constructor(
    private readonly workflows: WorkflowListeners,
    private readonly returns: DecisionReturns,
    private readonly notifier: Notifier,
  ) {}

  onModuleInit(): void {
    this.workflows.add(this);
  }

  async onChange(change: Change, manager: EntityManager): Promise<void> {
    if (change.spec.name === 'decision') await this.tellAssigned(manager, change);
    const mechanism = await mechanismOf(manager, change);
    if (mechanism) await this.returns.bringBack(manager, mechanism, change.origin);
  }

  /** Organizations that a published assignment names and did not name before. */
  private async tellAssigned(manager: EntityManager, { kind, id, before, after, facts, actor }: Change): Promise<void> {
    if (facts.state !== 'published' || after.kind !== 'assignment') return;
    const known = kind === 'updated' ? responsibleOf(before) : [];
    const organizationIds = responsibleOf(after).filter((one) => !known.includes(one));
    if (organizationIds.length === 0) return;
    await this.notifier.notify(manager, {
      kind: 'decision.assigned',
      about: { resource: 'decision', id },
      to: organizationIds.map((organizationId) => ({ organizationIds: [organizationId] })),
      values: { decision: after.text as Record<string, string> },
      causedBy: actor.kind === 'account' ? actor.id : null,
    });
  }
}

const responsibleOf = (body: Body | undefined): string[] =>
  ((body?.responsible as Id[] | undefined) ?? []).map(({ id }) => id);

/** The mechanism whose open decisions a change may concern, if it has one. */
const mechanismOf = async (manager: EntityManager, { spec, after }: Change): Promise<string | undefined> => {
  if (spec.name === 'meeting') return (after.mechanism as Id | undefined)?.id;
  const decision = spec.name === 'task' ? (after.originDecision as Id | undefined)?.id : undefined;
  const meeting = spec.name === 'decision' ? (after.meeting as Id).id : undefined;
  if (!decision && !meeting) return undefined;
  const [row] = (await manager.query(
    `select m.mechanism_id as mechanism from meeting m
      where m.id = coalesce($1::uuid, (select d.meeting_id from decision d where d.id = $2::uuid))`,
    [meeting ?? null, decision ?? null],
  )) as { mechanism: string | null }[];
  return row?.mechanism ?? undefined;
};
