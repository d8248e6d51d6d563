import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { SIDES, type Side } from '../../../kernel/actor.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { jsonReply } from '../../../resource/reply.js';
import { readContext, scopeOf } from '../../../resource/scope.js';
import type { Store } from '../../../resource/store.js';
import { Stores } from '../../../resource/stores.js';
import { recordList } from '../../../resource/view.js';
import { meetingSpec } from '../meeting.resource.js';

type Delegate = { role: string; invitation: string; attended: string };

type Delegation = {
  id: string;
  version: number;
  side: Side;
  name: unknown;
  status: string;
  owner: unknown;
  head: unknown;
  delegates: Delegate[];
};

const countsOf = (delegates: readonly Delegate[]) => {
  const count = (holds: (one: Delegate) => boolean) => delegates.filter(holds).length;
  const isComing = ({ invitation }: Delegate) => invitation === 'invited' || invitation === 'accepted';
  return {
    members: count(isComing),
    interpreters: count((one) => isComing(one) && one.role === 'interpreter'),
    invited: count(({ invitation }) => invitation === 'invited'),
    accepted: count(({ invitation }) => invitation === 'accepted'),
    declined: count(({ invitation }) => invitation === 'declined'),
    attended: count(({ attended }) => attended === 'yes'),
  };
};

/** Who comes to a meeting, as far as the asker may know. */
@Injectable()
export class DelegationReader {
  private readonly meetings: Store;

  constructor(
    stores: Stores,
    private readonly database: Database,
  ) {
    this.meetings = stores.of(meetingSpec);
  }

  /**
   * The delegations of a meeting by side with their numbers; whoever may not see the people is told of nobody.
   * @throws `resource.not-found`
   */
  async ofMeeting(ask: Ask, id: string): Promise<Reply> {
    await this.meetings.mustSee(ask, id);
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const isIts = (delegation: string) => `${delegation}.meeting_id = $${scope.parameters.length + 1}::uuid`;
    const inOrder = (delegation: string) => `${delegation}.created_at, ${delegation}.id`;
    const text = `select ${recordList(read, 'delegation', isIts, inOrder, true)}::text`;
    const [row] = await this.database.rows({ text, values: [...scope.parameters, id] });
    const all = JSON.parse(row![0]!) as Delegation[];
    return jsonReply(JSON.stringify({ items: SIDES.map((side) => sideOf(side, all)) }), ask.choice);
  }
}

const sideOf = (side: Side, all: readonly Delegation[]): object => {
  const own = all.filter((delegation) => delegation.side === side);
  const delegations = own.map(({ id, version, name, status, owner, head, delegates }) => ({
    ...{ id, version, name, status, owner, head },
    counts: countsOf(delegates),
  }));
  return { side, counts: countsOf(own.flatMap(({ delegates }) => delegates)), delegations };
};
