import { Global, Module } from '@nestjs/common';
import { Trail } from './trail.js';

@Global()
@Module({ providers: [Trail], exports: [Trail] })
export class AuditModule {}
