import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Author } from '../../../kernel/actor.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { isInForce } from '../../../kernel/matter-ladder.js';
import { problem } from '../../../kernel/problems.js';
import type { Body } from '../../../resource/body.js';
import { AgendaPlacing } from './agenda-placing.js';
import type { Ladder, LadderStep } from './ladder.js';
import { type MatterFacts, placeOf } from './matter-facts.js';
import { MatterNews } from './news.js';
import { MatterEscalation } from './requests.js';
import { lying, type Scene, Scenes } from './scene.js';
import { addStep, type NewStep } from './step-writer.js';

/** Takes matters up the ladder, by hand or by the rule, and onto the agenda of the leaders. */
@Injectable()
export class Climbing {
  constructor(
    private readonly scenes: Scenes,
    private readonly news: MatterNews,
    private readonly agenda: AgendaPlacing,
  ) {}

  /**
   * The holder takes a matter up: to the next mechanism, or past it to one further above, with a reason.
   * @throws `matter.no-mechanism`, `matter.top-of-ladder`, `matter.not-above`, `matter.next-not-in-force`
   */
  escalate(ask: Ask, id: string): Promise<Reply> {
    return this.scenes.act(ask, id, ['escalate', MatterEscalation], async (scene, { to, reason, dueOn, audience }) => {
      const step = mustStandAbove(scene, to?.id);
      const said = { cause: 'hand' as const, reason, ...(audience && { audience }) };
      const owner = (ask.actor as { organizationId: string }).organizationId;
      return this.climb(scene, step, { ...said, owner }, { by: ask.actor, dueOn: dueOn ?? null });
    });
  }

  /**
   * Takes a locked matter to a mechanism above.
   * @returns what changes of the matter
   */
  async climb(
    { manager, matter, ladder }: Pick<Scene, 'manager' | 'matter' | 'ladder'>,
    to: LadderStep,
    step: Omit<NewStep, 'kind' | 'from' | 'to' | 'due'>,
    { by, dueOn }: { by: Author; dueOn: string | null },
  ): Promise<Body> {
    const [from, place] = [placeOf(matter), { organization: null, mechanism: to.id }];
    const due = ladder.deadline(place, null, dueOn);
    await addStep(manager, matter, ladder, { ...step, kind: 'escalated', from, to: place, due });
    const told = [...ladder.holders(matter), ...ladder.actors(to.id)].map(({ id }) => id);
    await this.news.tell(manager, 'matter.escalated', matter, [...told, matter.origin?.id ?? null], {
      by,
      dueOn: due.on,
    });
    const risen = { ...matter, status: 'escalated', mechanismId: to.id, addressee: null };
    await this.agenda.place(manager, risen, ladder);
    return { status: 'escalated', ...lying(place, ladder), dueOn: due.on, dueBasis: due.basis, heldUntil: null };
  }

  /** Puts a matter that waits with the leaders on the agenda of their next meeting, where it is not on one yet. */
  wait(manager: EntityManager, matter: MatterFacts, ladder: Ladder): Promise<void> {
    return this.agenda.place(manager, matter, ladder);
  }
}

const mustStandAbove = ({ ladder, matter }: Scene, named: string | undefined): LadderStep => {
  const above = ladder.above(matter);
  if (!above) throw problem('matter.no-mechanism');
  if (above.length === 0) throw problem('matter.top-of-ladder');
  const step = named === undefined ? above[0]! : above.find(({ id }) => id === named);
  if (!step) throw problem('matter.not-above', { errors: [{ pointer: '/to', code: 'invalid-value' }] });
  if (!isInForce(step)) throw problem('matter.next-not-in-force', { values: { state: step.status } });
  return step;
};
