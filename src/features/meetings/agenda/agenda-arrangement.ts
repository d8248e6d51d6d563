import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../../kernel/actor.js';
import { changedOfItem, goesInCircles } from '../../../kernel/agenda-workflow.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import {
  type Confirmation,
  droppedConfirmations,
  type MeetingStatus,
  withConfirmation,
} from '../../../kernel/meeting-workflow.js';
import { type FieldError, invalid, problem } from '../../../kernel/problems.js';
import type { Body } from '../../../resource/body.js';
import { shapeBody } from '../../../resource/shape-body.js';
import type { Store } from '../../../resource/store.js';
import type { Stored } from '../../../resource/stored.js';
import { Stores } from '../../../resource/stores.js';
import { agendaItemSpec } from '../agenda-item.resource.js';
import { meetingSpec } from '../meeting.resource.js';
import { isSameMeeting } from '../workflow/meeting-steps.js';
import { coordinatedSide, mustSpeakFor, owns, sidesOfMeeting, stampOf } from '../workflow/participants.js';
import { AgendaReader } from './agenda-reader.js';
import { marked, markOf } from './agenda-rules.js';
import { AgendaArrangement, AgendaConsent, type ArrangedItem } from './agenda-shapes.js';
import { ON_THE_TABLE, parentsIn, REVISION_SQL } from './meeting-agenda.js';

/** Before this the agenda is still being made. */
const COMING: readonly MeetingStatus[] = ['draft', 'proposed', 'confirmed', 'postponed'];

const consentsOf = (body: Body): Confirmation[] => (body.agendaConfirmations ?? []) as Confirmation[];

/** Order and confirmation of an agenda; both answer the agenda as it then stands. */
@Injectable()
export class AgendaArrangements {
  private readonly meetings: Store;
  private readonly items: Store;

  constructor(
    stores: Stores,
    private readonly reader: AgendaReader,
  ) {
    this.meetings = stores.of(meetingSpec);
    // Order is settled here; what follows from it for the meeting is done at the same time.
    this.items = stores.of(agendaItemSpec);
  }

  /**
   * Puts items of both sides in their order, which is for the meeting's owner and the secretariats to do.
   * @throws `agenda.frozen` for an agenda that was confirmed, unless a reason is given; `resource.reference-unseen` for
   *   items of another meeting (hardening A2, A7), `request.invalid` for items above each other
   */
  async arrange(ask: Ask, id: string): Promise<Reply> {
    const { items, reason } = shapeBody(AgendaArrangement, ask.body);
    const record = await this.meetings.step(ask, id, {
      name: 'arrange-agenda',
      ...(reason && { reason: reason as Body }),
      may: (manager, stored) => mayArrange(manager, ask.actor, stored),
      take: async (manager, { body }) => {
        mustBeComing(body);
        if (body.agendaFrozenAt && !reason) throw problem('agenda.frozen');
        await mustBeArrangeable(manager, id, items);
        const at = new Date().toISOString();
        const dropped = droppedConfirmations(consentsOf(body), ['agenda'], at);
        const consents = body.agendaFrozenAt ? {} : { agendaConfirmations: dropped };
        return { ...body, ...consents, agendaArrangedAt: at };
      },
      afterwards: async (manager) => {
        const { body } = (await this.meetings.lockedIn(manager, id))!;
        for (const one of items) await this.place(manager, ask, one, body.agendaFrozenAt ? reason : undefined);
      },
    });
    return this.agenda(ask, id, record);
  }

  /**
   * Confirms the agenda for one's own side; with the last side's consent it is frozen.
   * @throws `auth.forbidden` for another side, `agenda.changed` where it is not the one that was read,
   *   `agenda.not-settled` while an item waits for an answer, `meeting.confirmed-already`
   */
  async confirm(ask: Ask, id: string): Promise<Reply> {
    const { side, revision } = shapeBody(AgendaConsent, ask.body);
    mustSpeakFor(ask.actor, side);
    const record = await this.meetings.step(ask, id, {
      name: 'confirm-agenda',
      accepts: isSameMeeting,
      may: async (manager) => (await sidesOfMeeting(manager, id)).includes(side),
      take: async (manager, { body, version }) => {
        mustBeComing(body);
        const given = { side, ...stampOf(ask.actor, version) };
        const next = withConfirmation(consentsOf(body), given, await sidesOfMeeting(manager, id));
        if (!next) throw problem('meeting.confirmed-already');
        await mustBeSettled(manager, id, revision);
        const frozen = next.complete ? { agendaFrozenAt: given.at } : {};
        return { ...body, agendaConfirmations: next.confirmations, ...frozen };
      },
    });
    return this.agenda(ask, id, record);
  }

  private async place(manager: EntityManager, ask: Ask, one: ArrangedItem, reason?: Body | null): Promise<void> {
    const stored = await this.items.seenIn(manager, ask, one.item.id);
    const { parent, position, durationMinutes } = one;
    const { parent: _above, ...rest } = stored.body;
    const minutes = durationMinutes ? { durationMinutes } : {};
    const after = { ...rest, ...(parent && { parent: { id: parent.id } }), position, ...minutes };
    const fields = changedOfItem(stored.body, after);
    if (fields.length === 0) return;
    const mark = reason ? markOf('changed', ask.actor, fields, reason) : undefined;
    await this.items.amendIn(manager, ask, stored, mark ? marked(after, mark) : after);
  }

  /** The agenda with the tag of the meeting, for the next step. */
  private async agenda(ask: Ask, id: string, record: Reply): Promise<Reply> {
    const { body, languages } = await this.reader.agenda(ask, id);
    return { ...record, body, languages };
  }
}

const mustBeComing = ({ status }: Body): void => {
  if (!COMING.includes(status as MeetingStatus))
    throw problem('meeting.wrong-status', { values: { state: status as string } });
};

const mayArrange = async (manager: EntityManager, actor: Actor, stored: Stored): Promise<boolean> => {
  if (owns(actor, 'meeting', stored)) return true;
  const side = coordinatedSide(actor);
  return side !== null && (await sidesOfMeeting(manager, stored.id)).includes(side);
};

/** Every item that is named lies in the meeting, once, and none above itself. */
const mustBeArrangeable = async (manager: EntityManager, id: string, items: readonly ArrangedItem[]): Promise<void> => {
  const parents = await parentsIn(manager, id);
  const errors: FieldError[] = [];
  const named = new Set<string>();
  for (const [n, { item, parent }] of items.entries()) {
    const at = `/items/${n}`;
    if (!parents.has(item.id)) errors.push({ pointer: `${at}/item`, code: 'unknown-reference' });
    if (parent && !parents.has(parent.id)) errors.push({ pointer: `${at}/parent`, code: 'unknown-reference' });
    if (named.has(item.id)) throw invalid([{ pointer: `${at}/item`, code: 'repeated-reference' }]);
    named.add(item.id);
  }
  if (errors.length > 0) throw problem('resource.reference-unseen', { errors });
  for (const { item, parent } of items) parents.set(item.id, parent?.id ?? null);
  if (goesInCircles(parents)) throw invalid([{ pointer: '/items', code: 'invalid-value' }]);
};

/** What a side confirms is what it has read, and every question has its answers. */
const mustBeSettled = async (manager: EntityManager, id: string, revision: string): Promise<void> => {
  const [row] = (await manager.query(
    `select ${REVISION_SQL} as revision, (select count(*)::int from agenda_item item
      where item.meeting_id = $1::uuid and item.status = 'proposed' and ${ON_THE_TABLE}) as open`,
    [id],
  )) as { revision: string; open: number }[];
  if (row!.revision !== revision) throw problem('agenda.changed');
  if (row!.open > 0) throw problem('agenda.not-settled');
};
