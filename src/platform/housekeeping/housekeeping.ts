import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Database } from '../../infra/database/database.js';
import { LOGGER } from '../../infra/http/tokens.js';
import { KEPT_HOURS } from '../../resource/writes.js';
import { FailedSignIns } from '../auth/failed-sign-ins.js';
import { IDLE_DAYS, OLDEST_DAYS } from '../auth/sessions.js';
import { SigningKeys } from '../auth/signing-keys.js';

const HOUR_MS = 3_600_000;
/** The first time comes soon after the start, once requests have been let in. */
const FIRST_MS = 5_000;

/** Only one process tidies at a time; the number is the portal's own. */
const TIDY_LOCK = 7_252_022;

/** What nobody can use any more. Ended things stay for a while, so that whoever asks is told the right reason. */
const EXPIRED = [
  `delete from idempotency_key where created_at < now() - interval '${KEPT_HOURS} hours'`,
  `delete from one_time_token where expires_at < now() - interval '7 days'`,
  `delete from invitation where expires_at < now() - interval '30 days'`,
  `delete from account where state = 'invited' and created_at < now() - interval '7 days'`,
  `delete from session where ended_at < now() - interval '30 days'
     or last_used_at < now() - interval '${IDLE_DAYS} days' or created_at < now() - interval '${OLDEST_DAYS} days'`,
  `delete from refresh_token t using session s where s.id = t.session_id and t.used_at < now() - interval '1 day'
     and s.ended_at is not null`,
  // Longer than a year: what yearly meetings are reminded of is not told anew.
  `delete from notification where created_at < now() - interval '400 days'`,
  'delete from throttle_counter where expires_at <= now()',
  'delete from pending_sign_in where expires_at <= now()',
];

/** Removes each hour what has expired, in one process at a time, and looks after the signing keys. */
@Injectable()
export class Housekeeping {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly keys: SigningKeys,
    private readonly failures: FailedSignIns,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.next(FIRST_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.running;
  }

  /** One round; does nothing where another process is at it. */
  async tidy(): Promise<void> {
    await this.keys.tidy();
    await this.database.transaction(async (manager) => {
      const [lock] = (await manager.query('select pg_try_advisory_xact_lock($1) as taken', [TIDY_LOCK])) as {
        taken: boolean;
      }[];
      if (!lock!.taken) return;
      for (const statement of EXPIRED) await manager.query(statement);
      await this.failures.tidy(manager);
    });
  }

  private next(afterMs: number): void {
    this.timer = setTimeout(() => {
      this.running = this.round();
    }, afterMs).unref();
  }

  private async round(): Promise<void> {
    try {
      await this.tidy();
    } catch (error) {
      this.logger.warn({ code: (error as { code?: unknown }).code }, 'housekeeping failed and will be tried again');
    }
    this.next(HOUR_MS);
  }
}
