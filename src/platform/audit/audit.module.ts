import { Global, Module } from '@nestjs/common';
import { RecordHistory } from '../../resource/history.js';
import { AuditController } from './audit.controller.js';
import { AuditListener } from './audit.listener.js';
import { AuditReader } from './audit-reader.js';
import { Erasures } from './erasures.js';
import { SignedHeads } from './signed-heads.js';
import { Trail } from './trail.js';
import { TrailHistory } from './trail-history.js';

@Global()
@Module({
  controllers: [AuditController],
  providers: [
    Trail,
    AuditListener,
    SignedHeads,
    AuditReader,
    Erasures,
    { provide: RecordHistory, useClass: TrailHistory },
  ],
  exports: [Trail, AuditListener, RecordHistory],
})
export class AuditModule {}
