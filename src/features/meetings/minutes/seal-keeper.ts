import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { organizationOf, sideOf } from '../../../kernel/actor.js';
import { problem } from '../../../kernel/problems.js';
import { type BrokenSeal, isSigned, transition } from '../../../kernel/sign-off.js';
import { Trail } from '../../../platform/audit/trail.js';
import { WorkflowListeners } from '../../../platform/changes/workflow-listeners.js';
import type { Body } from '../../../resource/body.js';
import type { Change, ChangeListener } from '../../../resource/changes.js';
import type { Cause } from '../../../resource/record-changes.js';
import { type ResourceSpec, resourceOf } from '../../../resource/spec.js';
import { Stores } from '../../../resource/stores.js';
import { type MinutedMeeting, mustBeDraftable } from './drafting.js';
import { minutesItemSpec } from './minutes-item.resource.js';
import { MinutesNotices } from './minutes-notices.js';
import { lockMeeting, readContent, signOffOf, standingSeals } from './minutes-state.js';
import { hashOf, type SealedContent } from './sealed-content.js';

/** The records whose texts are sealed with the minutes of a meeting. */
const SEALED: readonly string[] = ['meeting', 'minutes-item', 'decision'];

/**
 * Follows every change of what minutes say, by whatever route it came: a change of either text breaks all seals, says
 * whose they were, and is refused once the minutes are closed.
 */
@Injectable()
export class SealKeeper implements ChangeListener, OnModuleInit {
  constructor(
    private readonly workflows: WorkflowListeners,
    private readonly stores: Stores,
    private readonly trail: Trail,
    private readonly notices: MinutesNotices,
  ) {}

  onModuleInit(): void {
    this.workflows.add(this);
  }

  async onChange(change: Change, manager: EntityManager): Promise<void> {
    for (const meeting of meetingsOf(change)) await this.follow(manager, meeting, change);
  }

  private async follow(manager: EntityManager, id: string, change: Change): Promise<void> {
    const meeting = await lockMeeting(manager, id);
    const seals = await standingSeals(manager, id);
    // All seals that stand name the same texts: those that the change may have altered.
    const sealed = seals[0]?.hash ?? '';
    const before = signOffOf(seals, sealed, meeting.status);
    if (change.spec === minutesItemSpec) mustBeDraftable(change, meeting, isSigned(before));
    if (seals.length === 0) return;
    const content = await readContent(manager, id);
    const hash = hashOf(content).toString('hex');
    const outcome = transition(before, { kind: 'edit', by: sideOf(change.actor), hash });
    if ('refused' in outcome) throw problem('minutes.closed', { values: { status: meeting.status } });
    if (outcome.broken.length > 0) await this.breakSeals(manager, change, { meeting, content, broken: outcome.broken });
  }

  private async breakSeals(
    manager: EntityManager,
    change: Change,
    { meeting, content, broken }: { meeting: MinutedMeeting; content: SealedContent; broken: BrokenSeal[] },
  ): Promise<void> {
    const { actor, origin } = change;
    const { id } = content.meeting;
    await manager.query(
      `update minutes_seal set broken_at = clock_timestamp(), broken_side = $2, broken_organization_id = $3
        where meeting_id = $1 and broken_at is null`,
      [id, sideOf(actor), organizationOf(actor)],
    );
    const after = { broken, by: { resource: change.spec.name, id: change.id } };
    await this.trail.record(manager, {
      actor,
      origin,
      action: 'minutes.break',
      object: { resource: 'meeting', id },
      after,
    });
    const cause = { actor, ...(origin && { origin }) };
    await this.notices.broken(manager, cause, content.meeting, broken);
    if (meeting.status === 'minutes-agreed') {
      await this.amend(manager, cause, resourceOf('meeting'), id, { status: 'held' });
    }
    await this.takeBack(manager, cause, id);
  }

  /** What is signed by nobody is no longer public. */
  private async takeBack(manager: EntityManager, cause: Cause, meeting: string): Promise<void> {
    const rows = (await manager.query(
      `select id from minutes_item where meeting_id = $1 and audience = 'public' and state <> 'withdrawn' order by id`,
      [meeting],
    )) as { id: string }[];
    for (const { id } of rows) await this.amend(manager, cause, minutesItemSpec, id, { audience: 'partners' });
  }

  private async amend(
    manager: EntityManager,
    cause: Cause,
    spec: ResourceSpec,
    id: string,
    values: Body,
  ): Promise<void> {
    const store = this.stores.of(spec);
    const stored = (await store.lockedIn(manager, id))!;
    await store.amendIn(manager, cause, stored, { ...stored.body, ...values });
  }
}

const idOf = (body: Body | undefined): string | undefined => (body?.meeting as { id: string } | undefined)?.id;

/** The meetings whose minutes a change may concern, always in the same order, since each is locked. */
const meetingsOf = ({ spec, kind, id, before, after }: Change): string[] => {
  if (!SEALED.includes(spec.name)) return [];
  if (spec.name === 'meeting') return kind === 'updated' ? [id] : [];
  return [...new Set([idOf(before), idOf(after)].filter((one) => one !== undefined))].sort();
};
