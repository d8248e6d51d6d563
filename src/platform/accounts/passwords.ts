import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Algorithm, hash, type Options, verify } from '@node-rs/argon2';
import { problem } from '../../kernel/problems.js';

/** Argon2id as OWASP advises: 19 MiB, two passes, one lane. */
const COST: Options = { algorithm: Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashing takes a core and 19 MiB each time: so many run at once, so many wait, and the others come back later. */
const MOST_AT_ONCE = 2;
const MOST_WAITING = 64;

/** Hashes passwords and compares with hashes, never more of it at once than the machine bears (hardening D68). */
@Injectable()
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private nobodys: Promise<string> | undefined;

  /** @param password of an allowed length */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password.normalize('NFC'), COST));
  }

  /**
   * Whether a password is the one behind a hash. Where there is none it takes as long as if there were one, and the
   * answer is no (hardening D61).
   */
  matches(passwordHash: string | null | undefined, password: string): Promise<boolean> {
    return this.inTurn(async () => {
      const hashed = passwordHash ?? (await this.hashOfNobody());
      return (await verify(hashed, password.normalize('NFC'))) && passwordHash === hashed;
    });
  }

  /** Made before the first stranger comes, so that the first one does not wait longer than the others. */
  async onModuleInit(): Promise<void> {
    await this.hashOfNobody();
  }

  private hashOfNobody(): Promise<string> {
    this.nobodys ??= hash(randomBytes(32), COST);
    return this.nobodys;
  }

  private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= MOST_AT_ONCE) await this.turn();
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= MOST_WAITING) throw problem('server.unavailable', { headers: { 'Retry-After': '2' } });
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
