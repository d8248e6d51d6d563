import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type AgendaAnswer,
  type AgendaState,
  discussedFrom,
  needsReason,
  withAnswer,
} from '../../../kernel/agenda-workflow.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { isSameButForConfirmations } from '../../../kernel/meeting-workflow.js';
import { invalid, problem } from '../../../kernel/problems.js';
import type { Body } from '../../../resource/body.js';
import { shapeBody } from '../../../resource/shape-body.js';
import type { Store } from '../../../resource/store.js';
import type { Stored } from '../../../resource/stored.js';
import { Stores } from '../../../resource/stores.js';
import { agendaItemSpec } from '../agenda-item.resource.js';
import { MeetingNotices } from '../workflow/meeting-notices.js';
import { coordinatedSide, mustSpeakFor, owns, sidesOfMeeting, stampOf } from '../workflow/participants.js';
import { AgendaRules } from './agenda-rules.js';
import { AgendaAnswerGiven } from './agenda-shapes.js';
import { DeferredItems } from './deferred-items.js';

const meetingOf = ({ body }: Stored): string => (body.meeting as { id: string }).id;

const answersOf = (body: Body): AgendaAnswer[] => (body.answers ?? []) as AgendaAnswer[];

/** Statuses of meetings in which something can have been discussed. */
const HELD = ['held', 'minutes-agreed', 'closed'];

/** The steps of an agenda item: what the secretariats answer, and that it was taken up. */
@Injectable()
export class AgendaSteps {
  private readonly items: Store;

  constructor(
    stores: Stores,
    rules: AgendaRules,
    private readonly deferred: DeferredItems,
    private readonly notices: MeetingNotices,
  ) {
    this.items = stores.of(agendaItemSpec, rules);
  }

  /**
   * Answers for one's own side. What is put off goes to the next meeting of the series by itself.
   * @throws `auth.forbidden` for another side, `request.invalid` without a reason where one is asked for,
   *   `agenda.answered-already`, `agenda.wrong-status`
   */
  answer(ask: Ask, id: string): Promise<Reply> {
    const given = shapeBody(AgendaAnswerGiven, ask.body);
    mustSpeakFor(ask.actor, given.side);
    if (needsReason(given.answer) && !given.reason) throw invalid([{ pointer: '/reason', code: 'required' }]);
    return this.items.step(ask, id, {
      name: 'answer',
      ...(given.reason && { reason: given.reason as Body }),
      may: async (manager, stored) => (await sidesOfMeeting(manager, meetingOf(stored))).includes(given.side),
      accepts: (named, { version, body }) => isSameButForConfirmations(named, version, answersOf(body)),
      take: (manager, stored) => answered(manager, ask, stored, given),
      afterwards: (manager) => this.afterAnswer(manager, ask, id),
    });
  }

  /**
   * Says that an item was taken up in the meeting.
   * @throws `agenda.wrong-status` for an item that was not accepted, `meeting.wrong-status` before the meeting
   */
  discuss(ask: Ask, id: string): Promise<Reply> {
    return this.items.step(ask, id, {
      name: 'discuss',
      may: async (manager, stored) => {
        const side = coordinatedSide(ask.actor);
        const isSecretariat = side !== null && (await sidesOfMeeting(manager, meetingOf(stored))).includes(side);
        return isSecretariat || owns(ask.actor, 'agenda-item', stored);
      },
      take: async (manager, stored) => {
        await mustBeHeld(manager, meetingOf(stored));
        const status = discussedFrom(stored.body.status as AgendaState);
        if (!status) throw wrongStatus(stored.body);
        return { ...stored.body, status };
      },
    });
  }

  private async afterAnswer(manager: EntityManager, ask: Ask, id: string): Promise<void> {
    const { body } = (await this.items.lockedIn(manager, id))!;
    await this.notices.answered(manager, { id, body, actor: ask.actor });
    if (body.status !== 'deferred') return;
    const [row] = (await manager.query('select mechanism_id as id from meeting where id = $1', [
      (body.meeting as { id: string }).id,
    ])) as { id: string | null }[];
    if (row?.id) await this.deferred.travel(manager, row.id, ask.origin);
  }
}

const wrongStatus = ({ status }: Body) => problem('agenda.wrong-status', { values: { state: status as string } });

const answered = async (
  manager: EntityManager,
  ask: Ask,
  stored: Stored,
  { side, answer, reason }: AgendaAnswerGiven,
): Promise<Body> => {
  const { body, version, facts } = stored;
  // A draft is not proposed yet.
  if (facts.state !== 'published') throw problem('resource.conflict', { values: { state: facts.state } });
  const [state, answers] = [body.status as AgendaState, answersOf(body)];
  const said = { side, answer, ...(reason && { reason }), ...stampOf(ask.actor, version) };
  const next = withAnswer(state, answers, said, await sidesOfMeeting(manager, meetingOf(stored)));
  if (next) return { ...body, status: next.state, answers: next.answers };
  if (state === 'proposed') throw problem('agenda.answered-already');
  throw wrongStatus(body);
};

const mustBeHeld = async (manager: EntityManager, meeting: string): Promise<void> => {
  const [row] = (await manager.query('select status from meeting where id = $1', [meeting])) as { status: string }[];
  if (!HELD.includes(row!.status)) throw problem('meeting.wrong-status', { values: { state: row!.status } });
};
