import { Injectable } from '@nestjs/common';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { wayDown } from '../../../kernel/matter-workflow.js';
import { problem } from '../../../kernel/problems.js';
import type { Body } from '../../../resource/body.js';
import { wayOf } from './ladder.js';
import { originPlace, placeOf } from './matter-facts.js';
import { MatterNews } from './news.js';
import { MatterAnswer, MatterReason } from './requests.js';
import { lying, type Scene, Scenes } from './scene.js';

/** Answers matters, and gives back what cannot be answered as it is. */
@Injectable()
export class Answers {
  constructor(
    private readonly scenes: Scenes,
    private readonly news: MatterNews,
  ) {}

  /** The holder answers; the answer travels down through every place of the way, each with its copy, to the origin. */
  answer(ask: Ask, id: string): Promise<Reply> {
    return this.scenes.act(ask, id, ['answer', MatterAnswer], async (scene, { text, document }) => {
      await this.comeHome(scene, { reason: text, document: document?.id ?? null });
      return { status: 'answered', heldUntil: null };
    });
  }

  /** Steps of an answer from where a matter lies down to where it began, and news of it to all of them. */
  async comeHome(
    { step, manager, ask, matter, ladder }: Scene,
    said: { reason: MatterAnswer['text'] | null; document?: string | null; on?: string },
  ): Promise<void> {
    const way = wayOf(matter);
    // What was answered is told to whoever sees the matter: it is the answer to all who took it further.
    await step({ kind: 'answered', from: placeOf(matter), ...said, audience: matter.audience });
    for (const { from, to } of wayDown(way))
      await step({ kind: 'passed-down', from, to, ...said, audience: matter.audience });
    const told = way.flatMap(({ organization, mechanism }) => [
      organization,
      ...ladder.actors(mechanism).map(({ id }) => id),
    ]);
    await this.news.tell(manager, 'matter.answered', matter, told, { by: ask.actor });
  }

  /**
   * Gives a matter back with a reason: the holder to whoever sent it, the origin to whoever answered it insufficiently.
   * @throws `matter.nowhere-to-return` where it has come from nobody
   */
  return(ask: Ask, id: string): Promise<Reply> {
    return this.scenes.act(ask, id, ['return', MatterReason], async (scene, { reason, audience }) => {
      const { matter, ladder, manager } = scene;
      const isAnswered = matter.status === 'answered';
      const to = isAnswered ? placeOf(matter) : wayOf(matter).at(-2);
      if (!to) throw problem('matter.nowhere-to-return');
      const side =
        matter.origin?.id === to.organization ? (matter.origin?.side ?? null) : (matter.addressee?.side ?? null);
      const due = ladder.deadline(to, side);
      const from = isAnswered ? originPlace(matter) : placeOf(matter);
      await scene.step({ kind: 'returned', from, to, reason, due, ...(audience && { audience }) });
      const told = [to.organization, ...ladder.actors(to.mechanism).map(({ id: one }) => one)];
      await this.news.tell(manager, 'matter.referred', matter, told, { by: ask.actor, dueOn: due.on });
      const result: Body = { status: 'returned', ...lying(to, ladder), dueOn: due.on, dueBasis: due.basis };
      return result;
    });
  }
}
