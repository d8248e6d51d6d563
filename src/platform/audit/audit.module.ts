import { Global, Module } from '@nestjs/common';
import { AuditListener } from './audit.listener.js';
import { SignedHeads } from './signed-heads.js';
import { Trail } from './trail.js';

@Global()
@Module({ providers: [Trail, AuditListener, SignedHeads], exports: [Trail, AuditListener] })
export class AuditModule {}
