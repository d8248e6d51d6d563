import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../../kernel/actor.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { invalid, problem } from '../../../kernel/problems.js';
import type { Body } from '../../../resource/body.js';
import { mustFitInside } from '../../../resource/inside.js';
import { mustSeeReferences } from '../../../resource/references.js';
import { shapeBody } from '../../../resource/shape-body.js';
import type { Store } from '../../../resource/store.js';
import { Stores } from '../../../resource/stores.js';
import { coordinatedSide, owns } from '../workflow/participants.js';
import { delegateSpec } from './delegate.resource.js';
import { COMING } from './delegates-sql.js';
import { delegationSpec } from './delegation.resource.js';
import { DelegateRules, DelegationRules, mustBeTheOnlyHead } from './delegation-rules.js';
import { Attendance, InvitationAnswer } from './delegation-shapes.js';

const idIn = (body: Body, field: string): string => (body[field] as { id: string }).id;

/** Statuses of meetings that somebody can have attended. */
const HELD = ['held', 'minutes-agreed', 'closed'];

/** The steps of delegations and of those who belong to them. */
@Injectable()
export class DelegationSteps {
  private readonly delegations: Store;
  private readonly delegates: Store;

  constructor(stores: Stores, delegationRules: DelegationRules, delegateRules: DelegateRules) {
    this.delegations = stores.of(delegationSpec, delegationRules);
    this.delegates = stores.of(delegateSpec, delegateRules);
  }

  /**
   * Tells the other side who comes.
   * @throws `delegation.head` without a head, `delegation.wrong-status` for one that is registered already or that the
   *   other side could not see
   */
  register(ask: Ask, id: string): Promise<Reply> {
    return this.delegations.step(ask, id, {
      name: 'register',
      may: (_, stored) => owns(ask.actor, 'delegation', stored),
      take: async (manager, { body, facts }) => {
        const isShown = facts.state === 'published' && facts.audience === 'partners';
        if (body.status !== 'forming' || !isShown) throw problem('delegation.wrong-status');
        if (!(await hasHead(manager, id))) throw problem('delegation.head');
        return { ...body, status: 'registered' };
      },
    });
  }

  /**
   * Enters the answer to an invitation; somebody who is replaced names a member of the same delegation.
   * @throws `request.invalid`, `resource.reference-unseen`, `delegation.head` where a second head would come
   */
  answer(ask: Ask, id: string): Promise<Reply> {
    const { invitation, substitute } = shapeBody(InvitationAnswer, ask.body);
    const isReplaced = invitation === 'substituted';
    if (isReplaced !== Boolean(substitute))
      throw invalid([{ pointer: '/substitute', code: isReplaced ? 'required' : 'invalid-value' }]);
    if (substitute?.id === id) throw invalid([{ pointer: '/substitute', code: 'invalid-value' }]);
    return this.delegates.step(ask, id, {
      name: 'answer',
      may: (_, stored) => owns(ask.actor, 'delegate', stored),
      take: async (manager, { body }) => {
        const { substitute: _earlier, ...rest } = body;
        const after = { ...rest, invitation, ...(substitute && { substitute }) };
        await mustSeeReferences(manager, delegateSpec, ask.actor, after, body);
        await mustFitInside(manager, delegateSpec, ask.actor, after);
        const comes = invitation === 'invited' || invitation === 'accepted';
        if (comes && body.role === 'head') await mustBeTheOnlyHead(manager, id, idIn(body, 'delegation'));
        return after;
      },
    });
  }

  /**
   * Records who came: for the delegation itself, and for whoever keeps the list at the door of the meeting.
   * @throws `meeting.wrong-status` before the meeting was held
   */
  attend(ask: Ask, id: string): Promise<Reply> {
    const { attended } = shapeBody(Attendance, ask.body);
    return this.delegates.step(ask, id, {
      name: 'attend',
      may: async (manager, stored) =>
        owns(ask.actor, 'delegate', stored) ||
        isHost(ask.actor, await meetingOf(manager, idIn(stored.body, 'delegation'))),
      take: async (manager, { body }) => {
        const { status } = await meetingOf(manager, idIn(body, 'delegation'));
        if (!HELD.includes(status)) throw problem('meeting.wrong-status', { values: { state: status } });
        return { ...body, attended };
      },
    });
  }
}

const hasHead = async (manager: EntityManager, delegation: string): Promise<boolean> => {
  const heads = (await manager.query(
    `select 1 from delegate head where head.delegation_id = $1 and head.role = 'head' and ${COMING('head')}`,
    [delegation],
  )) as unknown[];
  return heads.length > 0;
};

type Host = { status: string; owner: string | null; side: string | null };

const meetingOf = async (manager: EntityManager, delegation: string): Promise<Host> => {
  const [row] = (await manager.query(
    `select m.status, m.owner_id as owner, o.side from delegation d join meeting m on m.id = d.meeting_id
      left join organization o on o.id = m.owner_id where d.id = $1`,
    [delegation],
  )) as Host[];
  return row!;
};

const isHost = (actor: Actor, { owner, side }: Host): boolean =>
  (actor.kind === 'account' && owner !== null && actor.organizationId === owner && actor.roles.includes('official')) ||
  (side !== null && coordinatedSide(actor) === side);
