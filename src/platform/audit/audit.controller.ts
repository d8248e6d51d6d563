import { Controller } from '@nestjs/common';
import { Asked, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { AUDIT_FILTERS } from './audit-query.js';
import { AuditReader } from './audit-reader.js';
import { AuditEntry, Erasure, NewErasure } from './audit-shapes.js';
import { Erasures } from './erasures.js';

/** The trail of who did what. */
@Controller('audit')
export class AuditController {
  constructor(
    private readonly reader: AuditReader,
    private readonly erasures: Erasures,
  ) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'audit.read',
    open: false,
    operation: 'auditList',
    parameters: [...AUDIT_FILTERS, 'limit', 'cursor'],
    answer: { listOf: AuditEntry },
    status: 200,
  })
  list(@Asked() ask: Ask): Promise<Reply> {
    return this.reader.list(ask);
  }

  @Route({
    method: 'post',
    path: 'erasures',
    permission: 'audit.erase',
    open: false,
    operation: 'auditErase',
    body: { shape: NewErasure },
    answer: { shape: Erasure },
    status: 200,
  })
  erase(@Asked() ask: Ask): Promise<Reply> {
    return this.erasures.erase(ask);
  }
}
