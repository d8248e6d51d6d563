import { Injectable } from '@nestjs/common';
import { Jobs } from '../../../platform/jobs/jobs.js';
import { EscalationRun } from './escalation-run.js';

/** Every hour: what became overdue climbs, and a leaders' meeting that was made since gets what has waited for it. */
const HOURLY = '17 * * * *';

/** Runs the rule of escalation by the clock, in whichever process comes first. */
@Injectable()
export class LadderClock {
  constructor(jobs: Jobs, escalation: EscalationRun) {
    jobs.define({
      name: 'matters.ladder',
      options: { retries: 3, retryDelaySeconds: 60, expiresSeconds: 1_800, concurrency: 1, schedule: HOURLY },
      handle: async () => {
        await escalation.run();
      },
    });
  }
}
