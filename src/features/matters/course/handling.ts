import { Injectable } from '@nestjs/common';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import type { MatterAction, MatterStatus, StepKind } from '../../../kernel/matter-workflow.js';
import { invalid } from '../../../kernel/problems.js';
import type { Shape } from '../../../resource/field.js';
import { placeOf } from './matter-facts.js';
import { MatterAcceptance, MatterNote, MatterPause, MatterReason } from './requests.js';
import { Scenes } from './scene.js';

type Noted = Pick<MatterNote, 'reason' | 'audience'>;

/** What is done with a matter where it lies: taking it on, pausing it, ending it. */
@Injectable()
export class Handling {
  constructor(private readonly scenes: Scenes) {}

  /** The holder takes a matter on, and may name the day by which it will answer where nobody has named one. */
  accept(ask: Ask, id: string): Promise<Reply> {
    return this.scenes.act(ask, id, ['accept', MatterAcceptance], async (scene, { reason, audience, dueOn }) => {
      const { matter } = scene;
      if (dueOn && matter.dueOn !== null) throw invalid([{ pointer: '/dueOn', code: 'not-yours-to-write' }]);
      const due = dueOn ? ({ on: dueOn, basis: 'stated' } as const) : undefined;
      await scene.step({
        kind: 'accepted',
        from: placeOf(matter),
        reason: reason ?? null,
        ...(due && { due }),
        ...(audience && { audience }),
      });
      return { status: 'accepted', ...(due && { dueOn: due.on, dueBasis: due.basis }) };
    });
  }

  /** A pause by decision: until it is over or ended, the deadline does not matter. */
  hold(ask: Ask, id: string): Promise<Reply> {
    return this.scenes.act(ask, id, ['hold', MatterPause], async (scene, { reason, audience, until }) => {
      if (until && until < scene.ladder.today) throw invalid([{ pointer: '/until', code: 'order-of-dates' }]);
      const due = until ? ({ on: until, basis: 'stated' } as const) : undefined;
      await scene.step({
        kind: 'held',
        from: placeOf(scene.matter),
        reason,
        ...(due && { due }),
        ...(audience && { audience }),
      });
      return { status: 'on-hold', heldUntil: until ?? null };
    });
  }

  /** The pause ends before its day. */
  resume(ask: Ask, id: string): Promise<Reply> {
    return this.plain(ask, id, ['resume', MatterNote], ['resumed', 'accepted']);
  }

  /** The origin is content: nothing further happens to the matter. */
  close(ask: Ask, id: string): Promise<Reply> {
    return this.plain(ask, id, ['close', MatterNote], ['closed', 'closed']);
  }

  /** The origin takes its matter back, with a reason; the record and its chain stay. */
  recall(ask: Ask, id: string): Promise<Reply> {
    return this.plain(ask, id, ['recall', MatterReason], ['withdrawn', 'withdrawn']);
  }

  private plain(
    ask: Ask,
    id: string,
    action: readonly [MatterAction, Shape<Noted>],
    [kind, status]: readonly [StepKind, MatterStatus],
  ): Promise<Reply> {
    return this.scenes.act(ask, id, action, async (scene, { reason, audience }) => {
      await scene.step({ kind, from: placeOf(scene.matter), reason: reason ?? null, ...(audience && { audience }) });
      return { status, heldUntil: null };
    });
  }
}
