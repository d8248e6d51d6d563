import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../../infra/database/database.js';
import type { Side } from '../../../kernel/actor.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import {
  type Confirmation,
  droppedConfirmations,
  isSameButForConfirmations,
  type MeetingAct,
  type MeetingStatus,
  mayTakeStep,
  statusAfter,
  withConfirmation,
} from '../../../kernel/meeting-workflow.js';
import { problem } from '../../../kernel/problems.js';
import type { Body } from '../../../resource/body.js';
import type { Step } from '../../../resource/record-steps.js';
import { shapeBody } from '../../../resource/shape-body.js';
import type { Store } from '../../../resource/store.js';
import type { Stored } from '../../../resource/stored.js';
import { Stores } from '../../../resource/stores.js';
import { meetingSpec } from '../meeting.resource.js';
import { Scheduling } from '../scheduling/scheduling.js';
import { MeetingRules } from './meeting-rules.js';
import { MeetingProposal, SideConsent, StepReason } from './meeting-shapes.js';
import { coordinatedSide, mustSpeakFor, owns, readSidesOfMeeting, sidesOfMeeting, stampOf } from './participants.js';
import { mustHaveBegun, proposedBody } from './proposed-time.js';
import { standingReply } from './standing.js';

/** What a step makes of the record; the status is the one that the step leads to. */
type ChangeOf = (manager: EntityManager, stored: Stored, status: MeetingStatus) => Promise<Body>;

/** Consents of others, to the meeting or to its agenda, leave what a request speaks of as it was. */
export const isSameMeeting = (named: number, { version, body }: Stored): boolean => {
  const given = [body.confirmations, body.agendaConfirmations].flatMap((list) => (list ?? []) as Confirmation[]);
  return isSameButForConfirmations(named, version, given);
};

/** Who is to agree to a meeting has to see it. */
const mustBeShared = ({ facts }: Stored, sides: readonly Side[]): void => {
  const isSeen = facts.state === 'published' && (sides.length === 1 || facts.audience !== 'side');
  if (!isSeen || facts.audience === 'organization') throw problem('meeting.not-shared');
};

/**
 * The steps of a meeting from draft to held. Each answers where the meeting then stands.
 * All throw `auth.forbidden` for those who may not take the step, `meeting.wrong-status` where it cannot be taken, and
 * what a versioned write throws.
 */
@Injectable()
export class MeetingSteps {
  private readonly meetings: Store;

  constructor(
    stores: Stores,
    rules: MeetingRules,
    private readonly database: Database,
    private readonly scheduling: Scheduling,
  ) {
    this.meetings = stores.of(meetingSpec, rules);
  }

  /** Where a meeting stands. */
  async standing(ask: Ask, id: string): Promise<Reply> {
    return this.stands(ask, id, await this.meetings.get(ask, id));
  }

  /**
   * Proposes a draft, or a meeting that was put off, for a time.
   * @throws `meeting.not-shared`, `meeting.time-missing`, `meeting.same-time`
   */
  propose(ask: Ask, id: string): Promise<Reply> {
    const proposal = shapeBody(MeetingProposal, ask.body);
    return this.take(ask, id, 'propose', async (manager, stored, status) => {
      mustBeShared(stored, await sidesOfMeeting(manager, id));
      return { ...proposedBody(stored.body, proposal), status };
    });
  }

  /**
   * Confirms for one's own side; the last side's consent confirms the meeting.
   * @throws `meeting.confirmed-already`
   */
  confirm(ask: Ask, id: string): Promise<Reply> {
    const { side } = shapeBody(SideConsent, ask.body);
    mustSpeakFor(ask.actor, side);
    const change: ChangeOf = async (manager, { body, version }, status) => {
      const given = { side, ...stampOf(ask.actor, version) };
      const sides = await sidesOfMeeting(manager, id);
      const next = withConfirmation((body.confirmations ?? []) as Confirmation[], given, sides);
      if (!next) throw problem('meeting.confirmed-already');
      return { ...body, confirmations: next.confirmations, ...(next.complete && { status }) };
    };
    return this.take(ask, id, 'confirm', change, { accepts: isSameMeeting });
  }

  /**
   * Says that the meeting has taken place.
   * @throws `meeting.not-yet`
   */
  hold(ask: Ask, id: string): Promise<Reply> {
    return this.take(ask, id, 'hold', async (_, { body }, status) => {
      mustHaveBegun(body, Date.now());
      return { ...body, status };
    });
  }

  /** Puts a meeting off with a reason; nobody's consent to its time counts any more. */
  postpone(ask: Ask, id: string): Promise<Reply> {
    const { reason } = shapeBody(StepReason, ask.body);
    const change: ChangeOf = async (_, { body }, status) => {
      const confirmations = (body.confirmations ?? []) as Confirmation[];
      const dropped = droppedConfirmations(confirmations, ['time'], new Date().toISOString());
      return { ...body, status, statusReason: reason, confirmations: dropped };
    };
    return this.take(ask, id, 'postpone', change, { reason });
  }

  /** Calls a meeting off with a reason. */
  cancel(ask: Ask, id: string): Promise<Reply> {
    const { reason } = shapeBody(StepReason, ask.body);
    const change: ChangeOf = async (_, { body }, status) => ({ ...body, status, statusReason: reason });
    return this.take(ask, id, 'cancel', change, { reason });
  }

  private async take(
    ask: Ask,
    id: string,
    act: MeetingAct,
    change: ChangeOf,
    more: Pick<Step, 'accepts' | 'reason'> = {},
  ): Promise<Reply> {
    const reply = await this.meetings.step(ask, id, {
      ...more,
      name: act,
      may: (manager, stored) => this.may(manager, ask, act, stored),
      take: async (manager, stored) => {
        const status = statusAfter(act, stored.body.status as MeetingStatus);
        if (!status) throw problem('meeting.wrong-status', { values: { state: stored.body.status as string } });
        return change(manager, stored, status);
      },
    });
    return this.stands(ask, id, reply);
  }

  private async may(manager: EntityManager, { actor }: Ask, act: MeetingAct, stored: Stored): Promise<boolean> {
    const capacity = { isOwner: owns(actor, 'meeting', stored), coordinates: coordinatedSide(actor) };
    const sides = await sidesOfMeeting(manager, stored.id);
    return mayTakeStep(act, stored.body.status as MeetingStatus, capacity, sides);
  }

  private async stands(ask: Ask, id: string, record: Reply): Promise<Reply> {
    const sides = await readSidesOfMeeting(this.database, id);
    return standingReply(record, sides, await this.scheduling.obstacles(ask, id), ask.choice);
  }
}
