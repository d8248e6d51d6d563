import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Side } from '../../../kernel/actor.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { mayBecome, mayReach, STAGE_STATUS, type StepKind } from '../../../kernel/matter-workflow.js';
import { invalid, problem } from '../../../kernel/problems.js';
import type { Body } from '../../../resource/body.js';
import { Answers } from './answers.js';
import { originPlace, placeOf } from './matter-facts.js';
import { MatterNews } from './news.js';
import { ObstacleRemoval, ProposalProgress, SuggestionTriage } from './requests.js';
import { lying, type Scene, Scenes } from './scene.js';

/** Registers of what has a course of its own: suggestions, proposals to bodies outside the portal, obstacles. */
@Injectable()
export class Registers {
  constructor(
    private readonly scenes: Scenes,
    private readonly answers: Answers,
    private readonly news: MatterNews,
  ) {}

  /**
   * Sorts a suggestion: it is taken up, declined with a reason, or passed on to another organization of the same side.
   * @throws `request.invalid` without the reason or the addressee that the outcome needs, or for one of the other side
   */
  triage(ask: Ask, id: string): Promise<Reply> {
    return this.scenes.act(ask, id, ['triage', SuggestionTriage], async (scene, body) => {
      const { outcome, reason } = body;
      if (outcome !== 'taken-up' && !reason) throw invalid([{ pointer: '/reason', code: 'required' }]);
      if (outcome === 'passed-on') return this.passOn(scene, body);
      const from = placeOf(scene.matter);
      await scene.step({
        kind: outcome,
        from,
        reason: reason ?? null,
        ...(body.audience && { audience: body.audience }),
      });
      if (outcome === 'taken-up') return { status: 'accepted', triage: outcome };
      await this.news.tell(scene.manager, 'matter.answered', scene.matter, [scene.matter.origin?.id ?? null], {
        by: ask.actor,
      });
      return { status: 'declined', triage: outcome };
    });
  }

  private async passOn(scene: Scene, { to, reason, dueOn, audience }: SuggestionTriage): Promise<Body> {
    const { manager, matter, ladder, ask } = scene;
    if (!to) throw invalid([{ pointer: '/to', code: 'required' }]);
    const { side } = ask.actor as { side: Side };
    if ((await sideOfOrganization(manager, to.id)) !== side) throw invalid([{ pointer: '/to', code: 'invalid-value' }]);
    const place = { organization: to.id, mechanism: null };
    const due = ladder.deadline(place, side, dueOn ?? null);
    await scene.step({
      kind: 'passed-on',
      from: placeOf(matter),
      to: place,
      reason: reason ?? null,
      due,
      ...(audience && { audience }),
    });
    await this.news.tell(manager, 'matter.referred', matter, [to.id], { by: ask.actor, dueOn: due.on });
    return { status: 'open', triage: 'passed-on', ...lying(place, ladder), dueOn: due.on, dueBasis: due.basis };
  }

  /**
   * Tells how far a body outside has come: proposed → accepted → discussed → outcome, each with its day and document.
   * @throws `matter.not-now` for a stage that is skipped or gone back to, `request.invalid` for days in disorder
   */
  propose(ask: Ask, id: string): Promise<Reply> {
    return this.scenes.act(ask, id, ['propose', ProposalProgress], async (scene, { stage, on, document, text }) => {
      const { status, proposalStage, lastOn } = scene.matter;
      if (!mayReach(stage, status, proposalStage !== null))
        throw problem('matter.not-now', { values: { state: status } });
      if (on > scene.ladder.today || (lastOn !== null && on < lastOn))
        throw invalid([{ pointer: '/on', code: 'order-of-dates' }]);
      const said = { on, reason: text ?? null, document: document?.id ?? null };
      if (stage === 'concluded') await this.answers.comeHome(scene, said);
      else await scene.step({ kind: stage as StepKind, ...ends(scene, stage), ...said });
      return { status: STAGE_STATUS[stage], proposalStage: stage };
    });
  }

  /**
   * Tells how far an obstacle has been removed.
   * @throws `request.invalid` where it is removed without a document that proves it, `matter.not-now`
   */
  remove(ask: Ask, id: string): Promise<Reply> {
    return this.scenes.act(
      ask,
      id,
      ['remove', ObstacleRemoval],
      async (scene, { removal, evidence, reason, audience }) => {
        const { status, removal: before } = scene.matter;
        if (!mayBecome(before, removal)) throw problem('matter.not-now', { values: { state: status } });
        if (removal === 'removed' && !evidence) throw invalid([{ pointer: '/evidence', code: 'required' }]);
        const document = evidence?.id ?? null;
        await scene.step({
          kind: 'removal',
          from: placeOf(scene.matter),
          reason: reason ?? null,
          document,
          ...(audience && { audience }),
        });
        return { removal, removalEvidence: evidence ? { id: evidence.id } : null };
      },
    );
  }
}

/** What is proposed goes to the body, everything later comes from it. */
const ends = ({ matter }: Scene, stage: string) =>
  stage === 'proposed'
    ? { from: originPlace(matter), to: placeOf(matter) }
    : { from: placeOf(matter), to: originPlace(matter) };

const sideOfOrganization = async (manager: EntityManager, id: string): Promise<Side | undefined> => {
  const [row] = (await manager.query('select side from organization where id = $1', [id])) as { side: Side }[];
  return row?.side;
};
