import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { OwnSessions } from './own-sessions.js';
import { SessionView } from './shapes.js';

/** Where somebody is signed in. */
@Controller('me/sessions')
export class OwnSessionsController {
  constructor(private readonly sessions: OwnSessions) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'self.read',
    open: false,
    operation: 'ownSessions',
    answer: { listOf: SessionView },
    status: 200,
  })
  list(@Asked() ask: Ask): Promise<Reply> {
    return this.sessions.list(ask);
  }

  @Route({
    method: 'delete',
    path: '',
    permission: 'self.update',
    open: false,
    operation: 'endOtherSessions',
    answer: 'none',
    status: 204,
  })
  endOthers(@Asked() ask: Ask): Promise<Reply> {
    return this.sessions.endOthers(ask);
  }

  @Route({
    method: 'delete',
    path: ':id',
    permission: 'self.update',
    open: false,
    operation: 'endSession',
    answer: 'none',
    cookies: true,
    status: 204,
  })
  end(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    return this.sessions.end(ask, id);
  }
}
