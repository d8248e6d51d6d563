import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { PAGE_PARAMETERS } from '../../resource/paging.js';
import { Invitations } from './invitations.js';
import { InvitationView, NewInvitation } from './shapes.js';

/** Invitations that administrators send out. */
@Controller('invitations')
export class InvitationsController {
  constructor(private readonly invitations: Invitations) {}

  @Route({
    method: 'post',
    path: '',
    permission: 'account.invite',
    open: false,
    operation: 'invite',
    body: { shape: NewInvitation },
    answer: { shape: InvitationView },
    problems: ['resource.reference-unseen', 'account.exists'],
    status: 201,
  })
  create(@Asked() ask: Ask): Promise<Reply> {
    return this.invitations.create(ask);
  }

  @Route({
    method: 'get',
    path: '',
    permission: 'account.invite',
    open: false,
    operation: 'invitations',
    parameters: PAGE_PARAMETERS,
    answer: { listOf: InvitationView },
    status: 200,
  })
  list(@Asked() ask: Ask): Promise<Reply> {
    return this.invitations.list(ask);
  }

  @Route({
    method: 'delete',
    path: ':id',
    permission: 'account.invite',
    open: false,
    operation: 'revokeInvitation',
    answer: 'none',
    status: 204,
  })
  revoke(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.invitations.revoke(ask, id);
  }
}
