import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SIDES } from '../../../kernel/actor.js';
import { awaitedFor, decidingSides, type LifeConsent } from '../../../kernel/mechanism-life.js';
import { problem } from '../../../kernel/problems.js';
import { changedAmong } from '../../../kernel/terms.js';
import { Notifier } from '../../../platform/notifications/notifier.js';
import type { Body } from '../../../resource/body.js';
import type { Change } from '../../../resource/changes.js';
import type { PendingWrite, RecordWorkflow } from '../../../resource/workflow.js';

/** What a side agrees to when it consents to a body: what it is, who takes part, and what it rests on. */
const TERMS = [
  ...['kind', 'level', 'sides', 'parties', 'legalBasis', 'parent', 'escalatesTo'],
  ...['cadence', 'dimensions', 'duties', 'secretariats', 'chairs', 'escalationLevels'],
];

const consentsIn = (body: Body | undefined): LifeConsent[] => (body?.consents ?? []) as LifeConsent[];
const sidesIn = ({ sides }: Body) => decidingSides(sides as string[] | undefined);

/** What follows from any change of a mechanism: consents that fall, sides that stay, people who are told. */
@Injectable()
export class MechanismRules implements RecordWorkflow {
  constructor(private readonly notifier: Notifier) {}

  /**
   * A consent is to the body as it was described; it falls with another description. Which sides decide is settled once
   * a mechanism is agreed: nobody writes the other side out of a body that both have made.
   * @throws `mechanism.sides-settled`
   */
  async settle({ after, stored }: PendingWrite): Promise<Body> {
    if (!stored) return after;
    const { body: before } = stored;
    const isSame = sidesIn(before).join() === sidesIn(after).join();
    if (!isSame && before.status !== 'sought') throw problem('mechanism.sides-settled');
    const falls = consentsIn(before).length > 0 && changedAmong(TERMS, before, after).length > 0;
    return falls ? { ...after, consents: [] } : after;
  }

  /** Tells the secretariats whose consent is wanted, and all of them of a new status. */
  async followed({ id, before, after, actor }: Change, manager: EntityManager): Promise<void> {
    if (!before) return;
    const isNew = before.status !== after.status;
    const added = consentsIn(after).find(({ at }) => !consentsIn(before).some((one) => one.at === at));
    if (!isNew && !added) return;
    const sides = isNew ? sidesIn(after) : awaitedFor(added!.act, consentsIn(after), sidesIn(after));
    await this.notifier.notify(manager, {
      kind: isNew ? 'mechanism.changed' : 'mechanism.consent-awaited',
      about: { resource: 'mechanism', id },
      to: SIDES.filter((side) => sides.includes(side)).map((side) => ({ side, roles: ['coordinator'] })),
      causedBy: actor.kind === 'account' ? actor.id : null,
    });
  }
}
