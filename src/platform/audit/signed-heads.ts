import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from '../../infra/config/config.js';
import { derivedKey } from '../../infra/config/derived-key.js';
import { Database } from '../../infra/database/database.js';
import { prepareDataFolder } from '../../infra/database/embedded/data-folder.js';
import { CONFIG, LOGGER } from '../../infra/http/tokens.js';
import { type SignedHead, signHead } from './head-signing.js';
import { appendHead, headsFile, readHeads } from './heads-file.js';

const EVERY_MS = 60_000;

type End = { seq: number; hash: Buffer };

/**
 * Writes down outside the database where the chain of the trail ended, signed with a key that the database does not
 * know: each minute when something was added, and when the portal stops. Whoever has the database alone can then
 * neither cut the trail nor make it anew unnoticed, except for the entries since the last head.
 */
@Injectable()
export class SignedHeads implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private last: Pick<SignedHead, 'seq' | 'hash'> | undefined;
  private file: string | undefined;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.keep(), EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.keep();
  }

  /** Signs the end of the chain if it moved. That it cannot stops nothing: it is logged, and tried again. */
  async keep(): Promise<void> {
    try {
      const end = await this.end();
      const file = this.open();
      if (!end || end.seq === this.last?.seq) return;
      if (!(await this.contains(this.last))) {
        this.logger.error({ seq: this.last?.seq }, 'the trail is not the one that was signed before: npm run audit');
        return;
      }
      const head = signHead(derivedKey(this.config.secretKey, 'audit-heads'), end, new Date());
      appendHead(file, head);
      this.last = head;
    } catch (error) {
      this.logger.error({ err: error }, 'the end of the trail was not signed');
    }
  }

  /** The file, and with the first look at it the last head that stands there. */
  private open(): string {
    if (this.file) return this.file;
    this.file = headsFile(prepareDataFolder(this.config.dataFolder));
    this.last = readHeads(this.file).heads.at(-1);
    return this.file;
  }

  private async end(): Promise<End | undefined> {
    return this.entry('select seq, encode(hash, $1) from audit order by seq desc limit 1', ['hex']);
  }

  /** A head is not signed over a chain that contradicts the one before: that would make the contradiction official. */
  private async contains(head: Pick<SignedHead, 'seq' | 'hash'> | undefined): Promise<boolean> {
    if (!head) return true;
    const entry = await this.entry('select seq, encode(hash, $1) from audit where seq = $2', ['hex', head.seq]);
    return entry?.hash.toString('base64url') === head.hash;
  }

  private async entry(text: string, values: unknown[]): Promise<End | undefined> {
    const [row] = await this.database.rows({ text, values });
    return row && { seq: Number(row[0]), hash: Buffer.from(row[1]!, 'hex') };
  }
}
