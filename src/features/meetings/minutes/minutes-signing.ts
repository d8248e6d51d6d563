import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../../infra/database/database.js';
import { type AccountActor, SIDES, type Side } from '../../../kernel/actor.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { newId } from '../../../kernel/ids.js';
import { type Problem, type ProblemCode, problem } from '../../../kernel/problems.js';
import {
  isAgreed,
  isSigned,
  type SealKind,
  type SignOff,
  type SignOffEvent,
  type SignOffRefusal,
  transition,
} from '../../../kernel/sign-off.js';
import { Trail } from '../../../platform/audit/trail.js';
import { shapeBody } from '../../../resource/shape-body.js';
import { resourceOf } from '../../../resource/spec.js';
import type { Store } from '../../../resource/store.js';
import { Stores } from '../../../resource/stores.js';
import { runWrite } from '../../../resource/writes.js';
import { isOpen, notOpen } from './drafting.js';
import { NewAgreement, NewSignature } from './minutes-answers.js';
import { MinutesNotices } from './minutes-notices.js';
import { MinutesReader } from './minutes-reader.js';
import { type MinutesState, readState } from './minutes-state.js';
import { keepVersion } from './minutes-versions.js';
import { missingTexts } from './sealed-content.js';

/** One act upon locked minutes: whose, what for, and the minutes before it. */
type Act = { ask: Ask; manager: EntityManager; meeting: string; side: Side; minutes: MinutesState };

const PROBLEM_OF: Record<Exclude<SignOffRefusal, 'outdated'>, ProblemCode> = {
  'other-side': 'auth.forbidden',
  'already-sealed': 'minutes.already-sealed',
  'not-agreed': 'minutes.not-agreed',
  'not-signed': 'minutes.not-signed',
  closed: 'minutes.closed',
};

/** Whoever named texts that no longer stand is told the hash of those that do. */
const refusal = (reason: SignOffRefusal, hash: string): Problem =>
  reason === 'outdated' ? problem('minutes.outdated', { extensions: { hash } }) : problem(PROBLEM_OF[reason]);

/**
 * The two keys to joint minutes. What may happen is decided by `kernel/sign-off.ts`; this carries it out: in one
 * transaction, behind the lock of the meeting, with the seal, its entry in the trail, the meeting's status and notices.
 */
@Injectable()
export class MinutesSigning {
  private readonly meetings: Store;

  constructor(
    private readonly database: Database,
    private readonly reader: MinutesReader,
    private readonly trail: Trail,
    private readonly notices: MinutesNotices,
    stores: Stores,
  ) {
    this.meetings = stores.of(resourceOf('meeting'));
  }

  /**
   * The asker's side agrees to the text of its language.
   * @throws `auth.forbidden` for the other side's text, `minutes.outdated` for texts that no longer stand,
   *   `minutes.text-missing` where the text is not complete, and those of `act`
   */
  agree(ask: Ask, id: string): Promise<Reply> {
    const { language, hash } = shapeBody(NewAgreement, ask.body);
    return this.act(
      ask,
      id,
      (side) => ({ kind: 'agree', by: side, language, hash }),
      async (act, to) => {
        const missing = missingTexts(act.minutes.content, language);
        if (missing.length > 0) throw problem('minutes.text-missing', { errors: missing });
        await this.seal(act, 'agreement');
        if (!isAgreed(to))
          return this.notices.toAgree(act.manager, ask, act.minutes.content.meeting, otherSide(act.side));
        await this.setStatus(act, 'minutes-agreed');
        return this.notices.toSign(act.manager, ask, act.minutes.content.meeting, SIDES);
      },
    );
  }

  /**
   * The asker's side signs both texts.
   * @throws `auth.forbidden` for the other side, `minutes.outdated`, `minutes.not-agreed`, and those of `act`
   */
  sign(ask: Ask, id: string): Promise<Reply> {
    const { hash, side } = shapeBody(NewSignature, ask.body);
    return this.act(
      ask,
      id,
      (own) => ({ kind: 'sign', by: own, side: side ?? own, hash }),
      async (act, to) => {
        await this.seal(act, 'signature');
        const { meeting } = act.minutes.content;
        if (isSigned(to)) return this.notices.signed(act.manager, ask, meeting);
        return this.notices.toSign(act.manager, ask, meeting, [otherSide(act.side)]);
      },
    );
  }

  /**
   * Closes the meeting: from here on nothing of its minutes changes.
   * @throws `minutes.not-agreed`, `minutes.not-signed`, and those of `act`
   */
  close(ask: Ask, id: string): Promise<Reply> {
    return this.act(
      ask,
      id,
      (by) => ({ kind: 'close', by }),
      async (act) => {
        await this.note(act, 'minutes.close', {});
        await this.setStatus(act, 'closed');
      },
    );
  }

  /** @throws `resource.not-found`, `minutes.not-open`, `minutes.closed`, `minutes.already-sealed` */
  private act(
    ask: Ask,
    id: string,
    eventOf: (side: Side) => SignOffEvent,
    carryOut: (act: Act, to: SignOff) => Promise<void>,
  ): Promise<Reply> {
    return runWrite(this.database, ask, async (manager) => {
      const stored = await this.meetings.seenIn(manager, ask, id);
      const meeting = { status: stored.body.status as string, facts: stored.facts };
      const minutes = await readState(manager, id, meeting);
      const { side } = ask.actor as AccountActor;
      const outcome = transition(minutes.signOff, eventOf(side));
      if ('refused' in outcome) throw refusal(outcome.refused, minutes.hash);
      if (!isOpen(meeting)) throw notOpen(meeting);
      await carryOut({ ask, manager, meeting: id, side, minutes }, outcome.to);
      return this.reader.replyIn(manager, ask, id);
    });
  }

  /** Puts a seal under the version that stands, and its proof into the trail. */
  private async seal(act: Act, kind: SealKind): Promise<void> {
    const { ask, manager, meeting, side, minutes } = act;
    const { id: account, organizationId } = ask.actor as AccountActor;
    const number = await keepVersion(manager, meeting, minutes.content, { account, organizationId, side });
    await manager.query(
      `insert into minutes_seal (id, meeting_id, number, kind, side, made_at, made_by, organization_id)
        values ($1, $2, $3, $4, $5, clock_timestamp(), $6, $7)`,
      [newId(), meeting, number, kind, side, account, organizationId],
    );
    await this.note(act, kind === 'agreement' ? 'minutes.agree' : 'minutes.sign', { number });
  }

  private note({ ask, manager, meeting, side, minutes }: Act, action: string, more: object): Promise<void> {
    const after = { side, hash: minutes.hash, ...more };
    const object = { resource: 'meeting', id: meeting };
    return this.trail.record(manager, { actor: ask.actor, origin: ask.origin, action, object, after });
  }

  private async setStatus({ ask, manager, meeting }: Act, status: string): Promise<void> {
    const stored = (await this.meetings.lockedIn(manager, meeting))!;
    await this.meetings.amendIn(manager, ask, stored, { ...stored.body, status });
  }
}

const otherSide = (side: Side): Side => (side === 'cn' ? 'ru' : 'cn');
