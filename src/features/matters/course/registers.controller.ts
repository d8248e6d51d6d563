import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import { matterAction } from './action-route.js';
import { Registers } from './registers.js';
import { ObstacleRemoval, ProposalProgress, SuggestionTriage } from './requests.js';

/** Suggestions, proposals to bodies outside the portal, and obstacles. */
@Controller('matters')
export class RegistersController {
  constructor(private readonly registers: Registers) {}

  @Route(matterAction('triage', SuggestionTriage))
  triage(@Asked() ask: Ask, @Id() id: string) {
    return this.registers.triage(ask, id);
  }

  @Route(matterAction('proposal', ProposalProgress))
  propose(@Asked() ask: Ask, @Id() id: string) {
    return this.registers.propose(ask, id);
  }

  @Route(matterAction('removal', ObstacleRemoval))
  remove(@Asked() ask: Ask, @Id() id: string) {
    return this.registers.remove(ask, id);
  }
}
