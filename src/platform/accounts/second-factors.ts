import { Inject, Injectable } from '@nestjs/common';
import { Secret, TOTP } from 'otpauth';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../infra/config/config.js';
import { derivedKey } from '../../infra/config/derived-key.js';
import { seal, unseal } from '../../infra/config/sealing.js';
import { CONFIG } from '../../infra/http/tokens.js';
import { problem } from '../../kernel/problems.js';
import { tokenHash } from '../auth/secret-tokens.js';

const STEP_SECONDS = 30;
/** Clocks of telephones differ: the codes of one step before and after count. */
const WINDOW = 1;
const RECOVERY_CODES = 10;

/** After so many wrong codes in a row none is taken for a while: six digits are soon tried through. */
const MOST_FAILURES = 10;
const PAUSE_MINUTES = 15;

type FactorRow = {
  secret: string;
  confirmed: boolean;
  lastStep: number;
  recoveryCodes: string[];
  paused: boolean;
};

/** Whether an account has a second factor, and whether the code that was shown is one of it. */
export type FactorCheck = 'none' | 'verified' | 'refused';

const totp = (secret: Secret, label = '') =>
  new TOTP({ issuer: 'Heilongjiang-Amur', label, secret, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS });

/** `abcd-efgh-ijkl-mnop`: 80 bits that are read off paper. */
const newRecoveryCode = (): string => new Secret({ size: 10 }).base32.toLowerCase().match(/.{4}/g)!.join('-');

/** Second factors: a secret shared with an app on a telephone, and recovery codes for the day it is lost. */
@Injectable()
export class SecondFactors {
  private readonly key: Buffer;

  constructor(@Inject(CONFIG) config: Config) {
    this.key = derivedKey(config.secretKey, 'second-factors');
  }

  /**
   * Begins to set up a second factor; it counts once a code of it was shown.
   * @returns the secret and the address that an app reads as a QR code
   * @throws `account.second-factor-set` where there is one already
   */
  async begin(manager: EntityManager, accountId: string, email: string): Promise<{ secret: string; uri: string }> {
    const secret = new Secret({ size: 20 });
    const written = (await manager.query(
      `insert into second_factor (account_id, secret, created_at, recovery_codes) values ($1, $2, now(), '{}')
       on conflict (account_id) do update set secret = excluded.secret, created_at = now(), last_step = 0
         where second_factor.confirmed_at is null
       returning account_id`,
      [accountId, seal(this.key, secret.base32, accountId)],
    )) as unknown[];
    if (written.length === 0) throw problem('account.second-factor-set');
    return { secret: secret.base32, uri: totp(secret, email).toString() };
  }

  /**
   * Makes the second factor count.
   * @returns recovery codes, told this once; `undefined` where the code is not one of the factor that was begun
   * @throws `account.second-factor-set`
   */
  async confirm(manager: EntityManager, accountId: string, code: string): Promise<string[] | undefined> {
    const factor = await this.read(manager, accountId);
    if (factor?.confirmed) throw problem('account.second-factor-set');
    const step = factor && this.stepOf(factor, accountId, code);
    if (step === undefined) return undefined;
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    await manager.query(
      'update second_factor set confirmed_at = now(), last_step = $2, recovery_codes = $3 where account_id = $1',
      [accountId, step, codes.map(tokenHash)],
    );
    return codes;
  }

  /** Takes a code where the account has a second factor: each code once (RFC 6238, 5.2). */
  async check(manager: EntityManager, accountId: string, code: string | undefined): Promise<FactorCheck> {
    const factor = await this.read(manager, accountId);
    if (!factor?.confirmed) return 'none';
    if (code === undefined || factor.paused) return 'refused';
    const step = this.stepOf(factor, accountId, code);
    const recovery = tokenHash(code.toLowerCase());
    const isGood = step !== undefined || factor.recoveryCodes.includes(recovery);
    await manager.query(
      isGood
        ? `update second_factor set last_step = greatest(last_step, $2), failures = 0, failed_at = null,
             recovery_codes = array_remove(recovery_codes, $3) where account_id = $1`
        : `update second_factor set failures = failures + 1, failed_at = now()
             where account_id = $1 and $2::integer is not null and $3::text is not null`,
      [accountId, step ?? 0, recovery],
    );
    return isGood ? 'verified' : 'refused';
  }

  async remove(manager: EntityManager, accountId: string): Promise<void> {
    await manager.query('delete from second_factor where account_id = $1', [accountId]);
  }

  private async read(manager: EntityManager, accountId: string): Promise<FactorRow | undefined> {
    const [row] = (await manager.query(
      `select secret, confirmed_at is not null as confirmed, last_step as "lastStep", recovery_codes as "recoveryCodes",
         failures % $2 = 0 and failures > 0 and failed_at > now() - $3 * interval '1 minute' as paused
       from second_factor where account_id = $1 for update`,
      [accountId, MOST_FAILURES, PAUSE_MINUTES],
    )) as FactorRow[];
    return row;
  }

  /** The time step that a code belongs to, if it is a good one that was not used yet. */
  private stepOf(factor: FactorRow, accountId: string, code: string): number | undefined {
    const secret = unseal(this.key, factor.secret, accountId);
    if (secret === undefined || !/^\d{6}$/.test(code)) return undefined;
    const delta = totp(Secret.fromBase32(secret)).validate({ token: code, window: WINDOW });
    if (delta === null) return undefined;
    const step = Math.floor(Date.now() / 1_000 / STEP_SECONDS) + delta;
    return step > factor.lastStep ? step : undefined;
  }
}
