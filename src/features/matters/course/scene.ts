import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { organizationOf } from '../../../kernel/actor.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { type MatterAction, mayAct, mayHappen, type Place } from '../../../kernel/matter-workflow.js';
import { problem } from '../../../kernel/problems.js';
import { WorkingCalendars } from '../../../platform/calendars/working-calendars.js';
import type { Body } from '../../../resource/body.js';
import type { Shape } from '../../../resource/field.js';
import { mustSeeReferences } from '../../../resource/references.js';
import { shapeBody } from '../../../resource/shape-body.js';
import type { Store } from '../../../resource/store.js';
import { Stores } from '../../../resource/stores.js';
import { matterSpec } from '../matter.resource.js';
import { Ladder } from './ladder.js';
import { type MatterFacts, readFacts } from './matter-facts.js';
import { narrower } from './requests.js';
import { addStep, beginChain, type NewStep } from './step-writer.js';
import { deadlineDay } from './today.js';

/** A matter in the transaction in which somebody does something with it. */
export type Scene = {
  manager: EntityManager;
  ask: Ask;
  matter: MatterFacts;
  ladder: Ladder;
  /** Adds a step of the one who asks. */
  step: (step: Omit<NewStep, 'cause' | 'owner'>) => Promise<void>;
};

/** Lets people act upon matters: whoever may, when it may happen, and as one transaction with its steps. */
@Injectable()
export class Scenes {
  private readonly matters: Store;

  constructor(
    stores: Stores,
    private readonly calendars: WorkingCalendars,
  ) {
    this.matters = stores.of(matterSpec);
  }

  /**
   * Does something with a matter.
   * @param shape class of the body
   * @param work takes the steps and gives what changes of the matter
   * @throws `request.invalid`, `resource.not-found`, `resource.stale`, `resource.conflict` for a draft, `auth.forbidden`,
   *   `matter.not-now` and whatever the work throws
   */
  act<Value extends object>(
    ask: Ask,
    id: string,
    [action, shape]: readonly [MatterAction, Shape<Value>],
    work: (scene: Scene, body: Value) => Promise<Body>,
  ): Promise<Reply> {
    const body = shapeBody(shape, ask.body ?? {});
    let scene: Scene | undefined;
    return this.matters.step(ask, id, {
      name: action,
      may: async (manager) => {
        scene = await this.open(manager, ask, id, body);
        return hasAPart(scene, action);
      },
      take: async (manager, stored) => {
        const { state } = stored.facts;
        if (state !== 'published') throw problem('resource.conflict', { values: { state } });
        const { kind, status } = scene!.matter;
        if (!mayHappen(action, kind, status)) throw problem('matter.not-now', { values: { state: status } });
        await mustSeeReferences(manager, { ...matterSpec, entity: shape as never }, ask.actor, body as Body);
        await beginChain(manager, scene!.matter, scene!.ladder);
        return { ...stored.body, ...(await work(scene!, body)) };
      },
    });
  }

  /** A matter and its ladder as they are in a transaction. */
  async open(manager: EntityManager, ask: Ask, id: string, body: { audience?: unknown }): Promise<Scene> {
    const ladder = await Ladder.read(manager, this.calendars.all, deadlineDay());
    const [matter] = await readFacts(manager, [id], ladder.today);
    const audience = narrower(body.audience as never, matter!.audience);
    const owner = organizationOf(ask.actor);
    const step: Scene['step'] = (one) => addStep(manager, matter!, ladder, { audience, owner, cause: 'hand', ...one });
    return { manager, ask, matter: matter!, ladder, step };
  }
}

/** Nobody acts upon a matter but for an organization with a part in it, which answers for the step. */
const hasAPart = ({ ask, matter, ladder }: Scene, action: MatterAction): boolean => {
  const { status, origin, ownerId, ownerSide } = matter;
  const owner = ownerId === null ? [] : [{ id: ownerId, side: ownerSide }];
  const parties = { holders: ladder.holders(matter), origin: [...(origin ? [origin] : []), ...owner] };
  return organizationOf(ask.actor) !== null && mayAct(ask.actor, action, status, parties);
};

/** Members of a matter that say where it lies. */
export const lying = (place: Place, ladder: Ladder): Body => ({
  addressedTo: place.organization === null ? null : { id: place.organization },
  addressedToMechanism: place.mechanism === null ? null : { id: place.mechanism },
  standsAt: ladder.rung(place),
});
