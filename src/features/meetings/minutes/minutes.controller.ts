import { Controller, Param } from '@nestjs/common';
import { Asked, Id, Route } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import { KeptMinutes, MinutesVerification, MinutesView, NewAgreement, NewSignature } from './minutes-answers.js';
import { MinutesReader } from './minutes-reader.js';
import { MinutesSigning } from './minutes-signing.js';
import { MinutesVerifications } from './minutes-verification.js';
import { MinutesVersions } from './minutes-versions.js';

/** Minutes of meetings: reading, the two-key sign-off, kept versions and their verification. */
@Controller('meetings')
export class MinutesController {
  constructor(
    private readonly minutes: MinutesReader,
    private readonly signing: MinutesSigning,
    private readonly versions: MinutesVersions,
    private readonly verifications: MinutesVerifications,
  ) {}

  @Route({
    method: 'get',
    path: ':id/minutes',
    permission: 'meeting.read',
    open: true,
    operation: 'minutes',
    resource: 'meeting',
    answer: { shape: MinutesView },
    status: 200,
  })
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.minutes.get(ask, id);
  }

  @Route({
    method: 'post',
    path: ':id/minutes/agree',
    permission: 'minutes.agree',
    open: false,
    operation: 'minutes-agree',
    resource: 'meeting',
    body: { shape: NewAgreement },
    answer: { shape: MinutesView },
    problems: ['minutes.outdated'],
    status: 200,
  })
  agree(@Asked() ask: Ask, @Id() id: string) {
    return this.signing.agree(ask, id);
  }

  @Route({
    method: 'post',
    path: ':id/minutes/sign',
    permission: 'minutes.sign',
    open: false,
    operation: 'minutes-sign',
    resource: 'meeting',
    body: { shape: NewSignature },
    answer: { shape: MinutesView },
    problems: ['minutes.outdated'],
    status: 200,
  })
  sign(@Asked() ask: Ask, @Id() id: string) {
    return this.signing.sign(ask, id);
  }

  @Route({
    method: 'post',
    path: ':id/minutes/close',
    permission: 'minutes.close',
    open: false,
    operation: 'minutes-close',
    resource: 'meeting',
    answer: { shape: MinutesView },
    status: 200,
  })
  close(@Asked() ask: Ask, @Id() id: string) {
    return this.signing.close(ask, id);
  }

  @Route({
    method: 'get',
    path: ':id/minutes/verification',
    permission: 'meeting.read',
    open: true,
    operation: 'minutes-verification',
    resource: 'meeting',
    answer: { shape: MinutesVerification },
    status: 200,
  })
  verify(@Asked() ask: Ask, @Id() id: string) {
    return this.verifications.get(ask, id);
  }

  @Route({
    method: 'get',
    path: ':id/minutes/versions/:number',
    permission: 'meeting.read',
    open: true,
    operation: 'minutes-version',
    parameters: ['compareWith'],
    resource: 'meeting',
    answer: { shape: KeptMinutes },
    status: 200,
  })
  version(@Asked() ask: Ask, @Id() id: string, @Param('number') number: string) {
    return this.versions.get(ask, id, number);
  }
}
