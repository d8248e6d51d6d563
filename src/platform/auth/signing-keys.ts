import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../infra/config/config.js';
import { derivedKey } from '../../infra/config/derived-key.js';
import { seal, unseal } from '../../infra/config/sealing.js';
import { Database } from '../../infra/database/database.js';
import { CONFIG } from '../../infra/http/tokens.js';
import { SYSTEM } from '../../kernel/actor.js';
import { Trail } from '../audit/trail.js';

/** Algorithm of the access tokens: signatures with Ed25519. */
export const SIGNING_ALGORITHM = 'EdDSA';

/** How long an access token is good for. */
export const ACCESS_SECONDS = 600;

const DAY_MS = 86_400_000;
/** How long a key signs. */
const SIGNS_MS = 30 * DAY_MS;
/** How long a retired key is known: as long as its last token, and some more for clocks that differ. */
const KNOWN_MS = ACCESS_SECONDS * 1_000 + 300_000;
/** A new key signs once every process has had time to read it. */
const SETTLES_MS = 10_000;
/** How long what was read counts, and how soon an unknown key may make the table be read again. */
const FRESH_MS = 5_000;
const UNKNOWN_MS = 2_000;

/** Only one process rotates at a time; the number is the portal's own. */
const ROTATION_LOCK = 7_252_021;

type KeyRow = { kid: string; private_key: string; created_at: Date; retired_at: Date | null };
type Queries = Pick<EntityManager, 'query'>;
type UsableKey = { kid: string; sealed: string; key: CryptoKey; verifies: CryptoKey; row: KeyRow };

/**
 * The keys that sign access tokens. They lie in the database, sealed with a key derived from the portal's secret, so
 * that all processes sign with the same ones and a row that somebody else put there is no key.
 */
@Injectable()
export class SigningKeys {
  private readonly sealingKey: Buffer;
  private keys: readonly UsableKey[] = [];
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;
  private rotating: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly trail: Trail,
    @Inject(CONFIG) config: Config,
  ) {
    this.sealingKey = derivedKey(config.secretKey, 'signing-keys');
  }

  /** The key with exactly this id, while its tokens count. */
  async find(kid: string): Promise<CryptoKey | undefined> {
    await this.refresh(FRESH_MS);
    const known = this.keys.find((key) => key.kid === kid);
    if (known) return known.verifies;
    await this.refresh(UNKNOWN_MS);
    return this.keys.find((key) => key.kid === kid)?.verifies;
  }

  /** The key to sign with; made where there is none or the last one has served its time. */
  async signing(): Promise<{ kid: string; key: CryptoKey }> {
    // Whoever signs holds a connection already: what is known is read again beside it, not by waiting for another one.
    const refreshed = this.refresh(FRESH_MS);
    if (this.newest()) void refreshed.catch(() => undefined);
    else await refreshed;
    if (!this.newest()) await this.rotate('where due');
    const settled = this.keys.find(
      ({ row }) => age(row.created_at) >= SETTLES_MS && age(row.retired_at) < SETTLES_MS * 2,
    );
    const chosen = settled ?? this.newest();
    if (!chosen) throw new Error('there is no key to sign with');
    return chosen;
  }

  /** Begins with a new key and retires the others; `where due` only if none of them may sign any more. */
  async rotate(when: 'now' | 'where due'): Promise<void> {
    this.rotating ??= this.replace(when).finally(() => {
      this.rotating = undefined;
    });
    await this.rotating;
    await this.refresh(0);
  }

  /** Keys of which no token can be good any more go; one that has signed for long enough is replaced. */
  async tidy(): Promise<void> {
    await this.refresh(0);
    if (!this.newest()) await this.rotate('where due');
    await this.database.transaction((manager) =>
      manager.query(`delete from signing_key where retired_at < now() - $1 * interval '1 millisecond'`, [KNOWN_MS]),
    );
  }

  private newest(): UsableKey | undefined {
    return this.keys.find(signs);
  }

  private async replace(when: 'now' | 'where due'): Promise<void> {
    const { kid, publicKey, sealed } = await this.make();
    await this.database.transaction(async (manager) => {
      await manager.query('select pg_advisory_xact_lock($1)', [ROTATION_LOCK]);
      if (when === 'where due' && (await this.openAll(manager)).some(signs)) return;
      await manager.query('update signing_key set retired_at = now() where retired_at is null');
      await manager.query(
        'insert into signing_key (kid, public_key, private_key, created_at) values ($1, $2, $3, now())',
        [kid, JSON.stringify(publicKey), sealed],
      );
      await this.trail.record(manager, { actor: SYSTEM, action: 'signing-key.rotate' });
    });
  }

  private async make() {
    const kid = randomUUID();
    const pair = await generateKeyPair(SIGNING_ALGORITHM, { crv: 'Ed25519', extractable: true });
    const sealed = seal(this.sealingKey, JSON.stringify(await exportJWK(pair.privateKey)), kid);
    return { kid, publicKey: await exportJWK(pair.publicKey), sealed };
  }

  /** Reads the table unless what is known is younger than `freshMs`; whoever comes meanwhile waits with the first. */
  private async refresh(freshMs: number): Promise<void> {
    if (performance.now() - this.readAt < freshMs) return;
    this.reading ??= this.reload().finally(() => {
      this.reading = undefined;
    });
    await this.reading;
  }

  private async reload(): Promise<void> {
    this.keys = await this.openAll(this.database.source.manager);
    this.readAt = performance.now();
  }

  /** Keys that the portal's secret opens; others, such as those of a former secret, are none. */
  private async openAll(manager: Queries): Promise<UsableKey[]> {
    const known = new Map(this.keys.map((key) => [key.sealed, key]));
    const rows = await this.read(manager);
    const opened = await Promise.all(rows.map((row) => this.open(row, known.get(row.private_key))));
    return opened.filter((key) => key !== undefined);
  }

  /** Newest first. */
  private read(manager: Queries): Promise<KeyRow[]> {
    return manager.query(
      `select kid, private_key, created_at, retired_at from signing_key
       where retired_at is null or retired_at > now() - $1 * interval '1 millisecond' order by created_at desc, kid`,
      [KNOWN_MS],
    ) as Promise<KeyRow[]>;
  }

  private async open(row: KeyRow, known: UsableKey | undefined): Promise<UsableKey | undefined> {
    if (known) return { ...known, row };
    const { kid, private_key: sealed } = row;
    const opened = unseal(this.sealingKey, sealed, kid);
    if (opened === undefined) return undefined;
    const { d, ...open } = JSON.parse(opened) as JWK;
    const key = (await importJWK({ ...open, d }, SIGNING_ALGORITHM)) as CryptoKey;
    return { kid, sealed, row, key, verifies: (await importJWK(open, SIGNING_ALGORITHM)) as CryptoKey };
  }
}

/** Milliseconds since then; nothing where it has not happened. */
const age = (at: Date | null): number => (at === null ? 0 : Date.now() - at.getTime());

const signs = ({ row }: UsableKey): boolean => row.retired_at === null && age(row.created_at) < SIGNS_MS;
