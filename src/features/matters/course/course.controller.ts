import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import { PAGE_PARAMETERS } from '../../../resource/paging.js';
import { matterAction } from './action-route.js';
import { Answers } from './answers.js';
import { Beginning } from './beginning.js';
import { Climbing } from './climbing.js';
import { Handling } from './handling.js';
import { ChainStep } from './matter-step.entity.js';
import { Referrals } from './referrals.js';
import {
  MatterAcceptance,
  MatterAnswer,
  MatterEscalation,
  MatterNote,
  MatterPause,
  MatterReason,
  MatterReferral,
} from './requests.js';

/** What is done with matters on their way. */
@Controller('matters')
export class CourseController {
  constructor(
    private readonly beginning: Beginning,
    private readonly handling: Handling,
    private readonly referrals: Referrals,
    private readonly climbing: Climbing,
    private readonly answers: Answers,
  ) {}

  @Route({
    method: 'get',
    path: ':id/steps',
    permission: 'matter.read',
    open: true,
    operation: 'matter-steps',
    resource: 'matter',
    parameters: PAGE_PARAMETERS,
    answer: { listOf: ChainStep },
    status: 200,
  })
  steps(@Asked() ask: Ask, @Id() id: string) {
    return this.beginning.steps(ask, id);
  }

  @Route(matterAction('accept', MatterAcceptance))
  accept(@Asked() ask: Ask, @Id() id: string) {
    return this.handling.accept(ask, id);
  }

  @Route(
    matterAction('refer', MatterReferral, [
      'matter.counterpart-unclear',
      'matter.not-a-counterpart',
      'matter.counterpart-cannot-see',
    ]),
  )
  refer(@Asked() ask: Ask, @Id() id: string) {
    return this.referrals.refer(ask, id);
  }

  @Route(
    matterAction('escalate', MatterEscalation, [
      'matter.no-mechanism',
      'matter.top-of-ladder',
      'matter.not-above',
      'matter.next-not-in-force',
    ]),
  )
  escalate(@Asked() ask: Ask, @Id() id: string) {
    return this.climbing.escalate(ask, id);
  }

  @Route(matterAction('answer', MatterAnswer))
  answer(@Asked() ask: Ask, @Id() id: string) {
    return this.answers.answer(ask, id);
  }

  @Route(matterAction('return', MatterReason, ['matter.nowhere-to-return']))
  return(@Asked() ask: Ask, @Id() id: string) {
    return this.answers.return(ask, id);
  }

  @Route(matterAction('hold', MatterPause))
  hold(@Asked() ask: Ask, @Id() id: string) {
    return this.handling.hold(ask, id);
  }

  @Route(matterAction('resume', MatterNote))
  resume(@Asked() ask: Ask, @Id() id: string) {
    return this.handling.resume(ask, id);
  }

  @Route(matterAction('close', MatterNote))
  close(@Asked() ask: Ask, @Id() id: string) {
    return this.handling.close(ask, id);
  }

  @Route(matterAction('recall', MatterReason))
  recall(@Asked() ask: Ask, @Id() id: string) {
    return this.handling.recall(ask, id);
  }
}
