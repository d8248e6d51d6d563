import { Global, Module } from '@nestjs/common';
import { ThrottlerModule, type ThrottlerModuleOptions } from '@nestjs/throttler';
import type { Config } from '../../infra/config/config.js';
import { Database } from '../../infra/database/database.js';
import { CONFIG } from '../../infra/http/tokens.js';
import { LimitGuard } from './limit.guard.js';
import { SharedCounters } from './shared-counters.js';

const WINDOW_MS = 60_000;

/** How often the routes that take credentials or send mail may be asked; the root module sets up the guard. */
@Global()
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [CONFIG, Database],
      useFactory: ({ authLimit }: Config, database: Database): ThrottlerModuleOptions => ({
        throttlers: [{ ttl: WINDOW_MS, limit: authLimit }],
        storage: new SharedCounters(database),
        setHeaders: false,
      }),
    }),
  ],
  providers: [LimitGuard],
  exports: [LimitGuard],
})
export class LimitsModule {}
