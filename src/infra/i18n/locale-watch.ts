import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { LANGUAGES } from '../../kernel/languages.js';
import { type LocaleFault, type LocaleFile, localeFaults, swapFaults } from '../../kernel/locale-checks.js';
import { LOGGER } from '../http/tokens.js';
import { readLocaleFiles } from './locale-files.js';
import { ServingLocales } from './serving-locales.js';
import { Texts } from './texts.js';

/** Files are looked at this often; a set is taken once it has been the same twice, so that no half of a save is read. */
const LOOK_MS = 1_000;
const MOST_FAULTS_TOLD = 20;

/**
 * Puts edited locale files to use without a restart: the whole set is read and checked, and takes the place of the
 * serving one at once. A set with faults is refused; the texts before it go on serving, and readiness says so.
 */
@Injectable()
export class LocaleWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private serving: readonly LocaleFile[];
  /** What the files looked like when they were last read, and when they were last looked at. */
  private read = '';
  private seen = '';
  private refused: readonly LocaleFault[];

  constructor(
    private readonly locales: ServingLocales,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.serving = locales.files;
    this.refused = locales.faults;
  }

  onApplicationBootstrap(): void {
    this.read = this.look();
    this.seen = this.read;
    this.timer = setInterval(() => this.tick(), LOOK_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** What keeps the files on the disk from serving; nothing when they do. */
  faults(): readonly LocaleFault[] {
    return this.refused;
  }

  private tick(): void {
    const look = this.look();
    const settled = look === this.seen;
    this.seen = look;
    if (!settled || look === this.read) return;
    this.read = look;
    this.take();
  }

  private take(): void {
    try {
      const files = readLocaleFiles(this.locales.folder);
      this.refused = [...localeFaults(files), ...swapFaults(this.serving, files)];
      if (this.refused.length > 0) {
        const told = this.refused.slice(0, MOST_FAULTS_TOLD);
        this.logger.error({ faults: told, more: this.refused.length - told.length }, 'edited texts refused');
        return;
      }
      this.locales.texts.adopt(Texts.of(files));
      this.serving = files;
      this.logger.info({ files: files.length }, 'edited texts are in use');
    } catch (error) {
      // A file that went away between looking and reading is looked at again.
      this.read = '';
      this.logger.error({ reason: (error as Error).message }, 'edited texts could not be read');
    }
  }

  /** Names, sizes and times of all files in one text; reading them all each second would be a waste. */
  private look(): string {
    try {
      return LANGUAGES.flatMap((language) =>
        readdirSync(join(this.locales.folder, language))
          .sort()
          .map((name) => {
            const { size, mtimeMs, ino } = statSync(join(this.locales.folder, language, name));
            return `${language}/${name} ${ino} ${size} ${mtimeMs}`;
          }),
      ).join('\n');
    } catch {
      return 'unreadable';
    }
  }
}
