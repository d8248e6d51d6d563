import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { Database } from '../../infra/database/database.js';
import { type OperatingFacts, OperatingFactsReader } from './operating-facts.js';

type Sample = { value: number; labels?: Record<string, string> };

/** A gauge of the database: its samples where the database answers, and none where it does not. */
type DatabaseGauge = { name: string; help: string; labels?: string[]; samples: (facts: OperatingFacts) => Sample[] };

const one =
  (value: (facts: OperatingFacts) => number) =>
  (facts: OperatingFacts): Sample[] => [{ value: value(facts) }];

const JOB_STATES = ['ready', 'deferred', 'active', 'failed'] as const;

const GAUGES: readonly DatabaseGauge[] = [
  {
    name: 'portal_jobs',
    help: 'Background jobs by kind: ready and waiting for a worker, deferred to a later time, active, failed for good.',
    labels: ['kind', 'state'],
    samples: ({ kinds }) =>
      kinds.flatMap((facts) =>
        JOB_STATES.map((state) => ({ value: facts[state], labels: { kind: facts.kind, state } })),
      ),
  },
  {
    name: 'portal_jobs_oldest_ready_seconds',
    help: 'How long the oldest ready job of a kind has waited for a worker.',
    labels: ['kind'],
    samples: ({ kinds }) =>
      kinds.map(({ kind, oldestReadySeconds }) => ({ value: oldestReadySeconds, labels: { kind } })),
  },
  {
    name: 'portal_feed_position',
    help: 'Number of the newest entry of the change feed.',
    samples: one(({ feedPosition }) => feedPosition),
  },
  {
    name: 'portal_feed_lag_entries',
    help: 'Entries of the feed that the webhook furthest behind has not been given yet.',
    samples: one(({ feedLagEntries }) => feedLagEntries),
  },
  {
    name: 'portal_feed_lag_seconds',
    help: 'Age of the oldest of those entries.',
    samples: one(({ feedLagSeconds }) => feedLagSeconds),
  },
  {
    name: 'portal_webhook_deliveries_pending',
    help: 'Messages to receivers that are not settled yet.',
    samples: one(({ deliveriesPending }) => deliveriesPending),
  },
  {
    name: 'portal_webhook_oldest_pending_seconds',
    help: 'Age of the oldest of those messages.',
    samples: one(({ oldestPendingSeconds }) => oldestPendingSeconds),
  },
  {
    name: 'portal_webhooks',
    help: 'Registered webhooks by state.',
    labels: ['state'],
    samples: ({ webhooksActive, webhooksDisabled }) => [
      { value: webhooksActive, labels: { state: 'active' } },
      { value: webhooksDisabled, labels: { state: 'disabled' } },
    ],
  },
];

/** Gauges that are set when somebody looks: what the database knows, and the pool of this process. */
@Injectable()
export class OperatingGauges {
  private readonly ofDatabase: readonly { gauge: Gauge; declared: DatabaseGauge }[];
  private readonly up: Gauge;
  private readonly pool: Gauge;

  constructor(
    registry: Registry,
    private readonly database: Database,
    private readonly reader: OperatingFactsReader,
  ) {
    const registers = [registry];
    this.ofDatabase = GAUGES.map((declared) => {
      const { name, help, labels: labelNames = [] } = declared;
      return { declared, gauge: new Gauge({ name, help, labelNames, registers }) };
    });
    this.up = new Gauge({ name: 'portal_database_up', help: 'Whether the database answers: 1 or 0.', registers });
    this.pool = new Gauge({
      name: 'portal_pool_connections',
      help: 'Connections of this process for requests: in use, idle, and requests that wait for one.',
      labelNames: ['state'],
      registers,
    });
  }

  /** Brings the gauges up to date. */
  async look(): Promise<void> {
    const { total, idle, waiting } = this.database.poolState;
    for (const [state, value] of Object.entries({ busy: total - idle, idle, waiting })) this.pool.set({ state }, value);
    const facts = await this.reader.read();
    this.up.set(facts ? 1 : 0);
    for (const { gauge, declared } of this.ofDatabase) {
      gauge.reset();
      // A gauge without labels is 0 by itself, which would be a lie.
      if (!declared.labels) gauge.remove();
      for (const { value, labels = {} } of facts ? declared.samples(facts) : []) gauge.set(labels, value);
    }
  }
}
