import { Injectable } from '@nestjs/common';
import { can, capacitiesOf } from '../../../kernel/access.js';
import { type Actor, organizationOf, type Side, sideOf } from '../../../kernel/actor.js';
import { lastDayBegun } from '../../../kernel/civil-dates.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import {
  decidingSides,
  type Life,
  type LifeAct,
  type LifeActor,
  type LifeConsent,
  type LifeRefusal,
  lifeRefusal,
  lifeWith,
  maySpeakInLife,
} from '../../../kernel/mechanism-life.js';
import { isSameButForConfirmations } from '../../../kernel/meeting-workflow.js';
import { invalid, type Problem, problem } from '../../../kernel/problems.js';
import type { Body } from '../../../resource/body.js';
import { shapeBody } from '../../../resource/shape-body.js';
import type { Store } from '../../../resource/store.js';
import type { Stored } from '../../../resource/stored.js';
import { Stores } from '../../../resource/stores.js';
import { mechanismSpec } from '../mechanism.resource.js';
import { lifeReply } from './life-reply.js';
import { LifeDeclaration } from './life-shapes.js';
import { MechanismRules } from './mechanism-rules.js';

/**
 * The steps in the life of a mechanism. One side says what it wants and since when; the last side whose consent is
 * wanted takes the step. Each answers the life of the mechanism as it then is.
 */
@Injectable()
export class LifeSteps {
  private readonly mechanisms: Store;

  constructor(stores: Stores, rules: MechanismRules) {
    this.mechanisms = stores.of(mechanismSpec, rules);
  }

  /** The life of a mechanism that the asker may see. */
  async life(ask: Ask, id: string): Promise<Reply> {
    return lifeReply(await this.mechanisms.get(ask, id), ask.choice);
  }

  /**
   * Takes a step for one's own side, or consents to the one that another side has asked for.
   * @throws `auth.forbidden` for who does not speak for the side, `mechanism.not-shared` where the other side does not
   *   see the record, `mechanism.wrong-status`, `mechanism.consented-already`, `request.invalid` for a day that does not
   *   fit or a reason that is missing, and what a versioned write throws
   */
  async take(ask: Ask, id: string, act: LifeAct): Promise<Reply> {
    const declared = shapeBody(LifeDeclaration, ask.body);
    const reason = declared.reason && { reason: declared.reason as Body };
    const reply = await this.mechanisms.step(ask, id, {
      ...reason,
      name: act,
      may: (_, stored) => mustSpeak(ask.actor, stored, declared.side),
      // What the other side wants changes nothing of what this one speaks of, so both may speak at the same moment.
      accepts: (named, { version, body }) => isSameButForConfirmations(named, version, lifeIn(body).consents ?? []),
      take: async (_, stored) => {
        mustBeShared(stored);
        const given = consentOf(ask.actor, act, declared, stored.version + 1);
        return { ...stored.body, ...advanced(lifeIn(stored.body), given, sidesIn(stored.body)) };
      },
    });
    return lifeReply(reply, ask.choice);
  }
}

const lifeIn = (body: Body): Life => body as unknown as Life;
const sidesIn = ({ sides }: Body): Side[] => decidingSides(sides as string[] | undefined);

const capacityOf = (actor: Actor, { facts }: Stored): LifeActor => ({
  coordinates: actor.kind === 'account' && capacitiesOf(actor).has('coordinator') ? actor.side : null,
  ownsFor: can(actor, 'update', 'mechanism', facts) ? sideOf(actor) : null,
});

/** @throws `auth.forbidden` naming the side, for who does not speak for it */
const mustSpeak = (actor: Actor, stored: Stored, side: Side): true => {
  if (maySpeakInLife(side, capacityOf(actor, stored), sidesIn(stored.body))) return true;
  throw problem('auth.forbidden', { errors: [{ pointer: '/side', code: 'not-yours-to-write' }] });
};

/** Who is to consent has to see what to. A body of one side is advanced also while its record is a draft. */
const mustBeShared = ({ facts, body }: Stored): void => {
  if (sidesIn(body).length === 1) return;
  const isSeen = facts.audience === 'public' || facts.audience === 'partners';
  if (facts.state !== 'published' || !isSeen) throw problem('mechanism.not-shared');
};

const consentOf = (actor: Actor, act: LifeAct, { side, on, reason }: LifeDeclaration, version: number): LifeConsent => {
  const organization = organizationOf(actor);
  return {
    ...{ side, act, on, at: new Date().toISOString(), version },
    ...(organization && { organization: { id: organization } }),
    ...(reason && { reason }),
  };
};

const REFUSALS: Record<LifeRefusal, (life: Life) => Problem> = {
  'wrong-status': ({ status }) => problem('mechanism.wrong-status', { values: { state: status } }),
  'consented-already': () => problem('mechanism.consented-already'),
  'not-a-side': () => problem('auth.forbidden', { errors: [{ pointer: '/side', code: 'not-yours-to-write' }] }),
  'reason-missing': () => invalid([{ pointer: '/reason', code: 'required' }]),
  'before-status': () => invalid([{ pointer: '/on', code: 'order-of-dates' }]),
  'not-yet': () => invalid([{ pointer: '/on', code: 'date-ahead' }]),
};

const advanced = (life: Life, given: LifeConsent, sides: readonly Side[]): Body => {
  const refusal = lifeRefusal(life, given, sides, lastDayBegun(Date.now()));
  if (refusal) throw REFUSALS[refusal](life);
  return lifeWith(life, given, sides);
};
