import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Actor, type Author, organizationOf, sideOf } from '../../../kernel/actor.js';
import {
  type AgendaMark,
  changedOfItem,
  goesInCircles,
  ORDER_FIELDS,
  settledItem,
} from '../../../kernel/agenda-workflow.js';
import { type Confirmation, droppedConfirmations, hasStanding } from '../../../kernel/meeting-workflow.js';
import { invalid, problem } from '../../../kernel/problems.js';
import type { Body } from '../../../resource/body.js';
import type { Change } from '../../../resource/changes.js';
import type { Store } from '../../../resource/store.js';
import { Stores } from '../../../resource/stores.js';
import type { PendingWrite, RecordWorkflow } from '../../../resource/workflow.js';
import { agendaItemSpec } from '../agenda-item.resource.js';
import { meetingSpec } from '../meeting.resource.js';
import { MeetingNotices } from '../workflow/meeting-notices.js';
import { agendaFacts, parentsIn } from './meeting-agenda.js';

const idOf = (body: Body, field: string): string | null => (body[field] as { id: string } | undefined)?.id ?? null;

/** A mark of a change of a confirmed agenda: who made it, when, and what was changed. */
export const markOf = (
  kind: AgendaMark['kind'],
  actor: Author,
  fields: string[],
  reason?: AgendaMark['reason'],
): AgendaMark => {
  const [side, organization] = [sideOf(actor), organizationOf(actor)];
  return {
    kind,
    at: new Date().toISOString(),
    ...(side && { side }),
    ...(organization && { organization: { id: organization } }),
    fields,
    ...(reason && { reason }),
  };
};

/** A body with one mark more. */
export const marked = (body: Body, mark: AgendaMark): Body => ({
  ...body,
  marks: [...((body.marks ?? []) as AgendaMark[]), mark],
});

/** What follows from any change of an agenda item, and what a confirmed agenda forbids. */
@Injectable()
export class AgendaRules implements RecordWorkflow {
  private readonly meetings: Store;
  private readonly items: Store;

  constructor(
    stores: Stores,
    private readonly notices: MeetingNotices,
  ) {
    this.meetings = stores.of(meetingSpec);
    this.items = stores.of(agendaItemSpec);
  }

  async settle({ manager, ask, id, after, stored }: PendingWrite): Promise<Body> {
    const { frozen } = await agendaFacts(manager, idOf(after, 'meeting')!);
    await mustStandInOrder(manager, id, after);
    if (!stored) return after;
    const isShown = stored.facts.state === 'published';
    if (isShown) await mustStayInMeeting(manager, stored.body, after, frozen);
    const settled = settledItem(stored.body, after);
    return frozen && isShown ? this.amended(stored.body, settled, ask.actor) : settled;
  }

  /** A change of what both sides have confirmed: never silent, and its order only by the step that says why. */
  private amended(before: Body, after: Body, actor: Actor): Body {
    const fields = changedOfItem(before, after);
    const order = fields.filter((name) => (ORDER_FIELDS as readonly string[]).includes(name));
    if (order.length > 0) throw problem('agenda.frozen', { errors: order.map(orderFault) });
    return fields.length > 0 ? marked(after, markOf('changed', actor, fields)) : after;
  }

  async followed(change: Change, manager: EntityManager): Promise<void> {
    const { kind, id, after, actor, factsBefore } = change;
    if (kind === 'created' || (kind !== 'published' && factsBefore?.state !== 'published')) return;
    const { frozen } = await agendaFacts(manager, idOf(after, 'meeting')!);
    if (kind === 'withdrawn' && frozen) throw problem('agenda.frozen');
    if (!frozen && concernsAgenda(change)) await this.dropConsents(change, manager);
    if (kind !== 'published') return;
    if (frozen) await this.markAdded(change, manager);
    if (after.status === 'proposed') await this.notices.proposed(manager, { id, body: after, actor });
  }

  /** Nobody has agreed to the agenda as it is now. */
  private async dropConsents({ after, actor, origin }: Change, manager: EntityManager): Promise<void> {
    const meeting = await this.meetings.lockedIn(manager, idOf(after, 'meeting')!);
    const consents = (meeting?.body.agendaConfirmations ?? []) as Confirmation[];
    if (!meeting || !hasStanding(consents)) return;
    const agendaConfirmations = droppedConfirmations(consents, ['agenda'], new Date().toISOString());
    const doer = { actor, ...(origin && { origin }) };
    await this.meetings.amendIn(manager, doer, meeting, { ...meeting.body, agendaConfirmations });
  }

  private async markAdded({ id, actor, origin }: Change, manager: EntityManager): Promise<void> {
    const item = (await this.items.lockedIn(manager, id))!;
    const doer = { actor, ...(origin && { origin }) };
    await this.items.amendIn(manager, doer, item, marked(item.body, markOf('added', actor, [])));
  }
}

const orderFault = (name: string) => ({ pointer: `/${name}`, code: 'set-by-step' as const });

const concernsAgenda = ({ kind, before = {}, after }: Change): boolean =>
  kind !== 'updated' ||
  changedOfItem(before, after).length > 0 ||
  (before.status !== after.status && after.status !== 'discussed');

/** Items that are above each other would stand nowhere. */
const mustStandInOrder = async (manager: EntityManager, id: string, after: Body): Promise<void> => {
  const parent = idOf(after, 'parent');
  if (!parent) return;
  const parents = await parentsIn(manager, idOf(after, 'meeting')!);
  if (goesInCircles(parents.set(id, parent))) throw invalid([{ pointer: '/parent', code: 'invalid-value' }]);
};

/** What is on the agenda of one meeting moves to that of another only where neither is confirmed. */
const mustStayInMeeting = async (manager: EntityManager, before: Body, after: Body, frozen: boolean) => {
  const from = idOf(before, 'meeting')!;
  if (from === idOf(after, 'meeting')) return;
  if (frozen || (await agendaFacts(manager, from)).frozen) {
    throw problem('agenda.frozen', { errors: [orderFault('meeting')] });
  }
};
