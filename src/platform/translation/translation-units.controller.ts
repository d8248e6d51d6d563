import { Controller } from '@nestjs/common';
import { Asked, Id, Route, type RouteDeclaration } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import type { ProblemCode } from '../../kernel/problems.js';
import { PAGE_PARAMETERS } from '../../resource/paging.js';
import { UnitActions } from './unit-actions.js';
import { BulkOutcome, BulkUnits, NewUnitComment, NewUnitWaiver, UnitReason, UnitText } from './unit-bodies.js';
import { UnitBulk } from './unit-bulk.js';
import { UNIT_FILTERS } from './unit-query.js';
import { UnitQueue } from './unit-queue.js';
import { TranslationUnit, TranslationUnitDetail } from './unit-shapes.js';

/** A step of one unit: `POST /translation-units/{id}/{verb}`. */
const StepRoute = (
  verb: string,
  operation: string,
  problems: readonly ProblemCode[],
  more: Pick<RouteDeclaration, 'body' | 'retried'> & { status?: number } = {},
): MethodDecorator =>
  Route({
    method: 'post',
    path: `:id/${verb}`,
    permission: 'translation.work',
    open: false,
    operation,
    answer: { shape: TranslationUnitDetail },
    problems,
    retried: true,
    status: 200,
    ...more,
  });

/** The queue of texts to translate, and what people do with each. */
@Controller('translation-units')
export class TranslationUnitsController {
  constructor(
    private readonly queue: UnitQueue,
    private readonly actions: UnitActions,
    private readonly bulk: UnitBulk,
  ) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'translation.read',
    open: false,
    operation: 'translationUnits',
    parameters: [...UNIT_FILTERS, 'sort', ...PAGE_PARAMETERS],
    answer: { listOf: TranslationUnit },
    status: 200,
  })
  list(@Asked() ask: Ask): Promise<Reply> {
    return this.queue.list(ask);
  }

  @Route({
    method: 'post',
    path: 'bulk',
    permission: 'translation.work',
    open: false,
    operation: 'translationBulk',
    body: { shape: BulkUnits },
    answer: { shape: BulkOutcome },
    problems: ['resource.not-found', 'translation.own-work', 'translation.wrong-state', 'translation.findings-open'],
    retried: true,
    status: 200,
  })
  many(@Asked() ask: Ask): Promise<Reply> {
    return this.bulk.run(ask);
  }

  @Route({
    method: 'get',
    path: ':id',
    permission: 'translation.read',
    open: false,
    operation: 'translationUnit',
    answer: { shape: TranslationUnitDetail },
    status: 200,
  })
  get(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.actions.get(ask, id);
  }

  @Route({
    method: 'patch',
    path: ':id',
    permission: 'translation.work',
    open: false,
    operation: 'translationWrite',
    body: { shape: UnitText },
    answer: { shape: TranslationUnitDetail },
    versioned: true,
    problems: ['translation.claimed', 'translation.wrong-state'],
    status: 200,
  })
  write(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.actions.write(ask, id);
  }

  @StepRoute('claim', 'translationClaim', ['translation.claimed', 'translation.wrong-state'])
  claim(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.actions.claim(ask, id);
  }

  @StepRoute('release', 'translationRelease', ['translation.claimed', 'translation.wrong-state'])
  release(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.actions.release(ask, id);
  }

  @StepRoute('submit', 'translationSubmit', ['translation.claimed', 'translation.wrong-state'])
  submit(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.actions.submit(ask, id);
  }

  @StepRoute('approve', 'translationApprove', [
    'translation.own-work',
    'translation.findings-open',
    'translation.wrong-state',
  ])
  approve(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.actions.approve(ask, id);
  }

  @StepRoute('return', 'translationReturn', ['translation.wrong-state'], { body: { shape: UnitReason } })
  return(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.actions.return(ask, id);
  }

  @StepRoute('confirm-unchanged', 'translationConfirm', ['translation.findings-open', 'translation.wrong-state'], {
    body: { shape: UnitReason },
  })
  confirm(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.actions.confirm(ask, id);
  }

  // Once there is a text the engine is not asked again, with or without a key.
  @StepRoute('machine', 'translationMachine', ['translation.no-engine', 'translation.wrong-state'], { retried: false })
  machine(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.actions.machine(ask, id);
  }

  @StepRoute('waivers', 'translationWaive', [], { body: { shape: NewUnitWaiver }, status: 201 })
  waive(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return created(this.actions.waive(ask, id));
  }

  @StepRoute('comments', 'translationComment', [], { body: { shape: NewUnitComment }, status: 201 })
  comment(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return created(this.actions.comment(ask, id));
  }
}

const created = async (reply: Promise<Reply>): Promise<Reply> => ({ ...(await reply), status: 201 });
