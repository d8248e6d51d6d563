import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { changedTerms, type MeetingStatus, settledMeeting } from '../../../kernel/meeting-workflow.js';
import type { NotificationKind } from '../../../kernel/notification-kinds.js';
import type { Body } from '../../../resource/body.js';
import type { Change } from '../../../resource/changes.js';
import type { PendingWrite, RecordWorkflow } from '../../../resource/workflow.js';
import { DeferredItems } from '../agenda/deferred-items.js';
import { MeetingNotices } from './meeting-notices.js';

/** What people are told when a meeting comes into a status. */
const NOTICE_OF: Partial<Record<MeetingStatus, NotificationKind>> = {
  proposed: 'meeting.proposed',
  confirmed: 'meeting.confirmed',
  postponed: 'meeting.changed',
  cancelled: 'meeting.changed',
};

/** Statuses of meetings that wait for what an earlier meeting put off. */
const COMING: readonly unknown[] = ['draft', 'proposed', 'confirmed'];

const noticeOf = (before: Body | undefined, after: Body): NotificationKind | undefined => {
  if (!before) return undefined;
  const [was, is] = [before.status as MeetingStatus, after.status as MeetingStatus];
  const isMoved = changedTerms(before, after).length > 0 && (was === 'confirmed' || was === 'proposed');
  if (isMoved && is === 'proposed') return 'meeting.changed';
  return was === is ? undefined : NOTICE_OF[is];
};

/** What follows from any change of a meeting: consents that fall, people who are told, items that arrive. */
@Injectable()
export class MeetingRules implements RecordWorkflow {
  constructor(
    private readonly notices: MeetingNotices,
    private readonly deferred: DeferredItems,
  ) {}

  async settle({ after, stored }: PendingWrite): Promise<Body> {
    return stored ? settledMeeting(stored.body, after, new Date().toISOString()) : after;
  }

  async followed({ id, before, after, actor, origin, facts }: Change, manager: EntityManager): Promise<void> {
    const notice = noticeOf(before, after);
    if (notice) await this.notices.ofMeeting(manager, notice, { id, body: after, actor });
    const mechanism = after.mechanism as { id: string } | undefined;
    if (!mechanism || facts.state !== 'published' || !COMING.includes(after.status)) return;
    await this.deferred.travel(manager, mechanism.id, origin);
  }
}
