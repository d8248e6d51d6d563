import { Global, Module } from '@nestjs/common';
import { Registry } from 'prom-client';
import { JobMetrics } from './job-metrics.js';
import { MetricsServer } from './metrics-server.js';
import { OperatingFactsReader } from './operating-facts.js';
import { OperatingGauges } from './operating-gauges.js';

/** What is counted in this process, and where it is told; whoever counts something adds it to the registry. */
@Global()
@Module({
  providers: [
    { provide: Registry, useFactory: () => new Registry() },
    ...[OperatingFactsReader, OperatingGauges, MetricsServer, JobMetrics],
  ],
  exports: [Registry, JobMetrics],
})
export class MetricsModule {}
