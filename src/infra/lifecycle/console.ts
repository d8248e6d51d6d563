import { join } from 'node:path';
import { LANGUAGES, type Language } from '../../kernel/languages.js';
import { projectFolder } from '../config/config.js';
import { Texts } from '../i18n/texts.js';
import type { Reason, ReasonValue, Refusal } from './refusal.js';

type Values = Readonly<Record<string, ReasonValue>>;

/** Speaks to the person at the terminal: every sentence in both languages, from `console.json`. */
export class Console {
  private readonly texts: Texts;

  /** Whoever listens may go away; the portal goes on. */
  constructor(texts: Texts = Texts.load(join(projectFolder, 'locales'))) {
    this.texts = texts;
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  }

  /** Something to know. */
  say(key: string, values: Values = {}): void {
    process.stdout.write(this.both(key, values));
  }

  /** Something to look at. */
  warn(key: string, values: Values = {}): void {
    process.stderr.write(this.both(key, values));
  }

  /** Why something does not start: all reasons, and no stack. */
  refuse(refused: Refusal): void {
    for (const language of LANGUAGES) {
      const reasons = refused.reasons.map(
        (reason) => `  · ${this.reason(language, reason).replaceAll('\n', '\n    ')}`,
      );
      process.stderr.write(`${[this.texts.t(language, 'console:refused'), ...reasons].join('\n')}\n`);
    }
  }

  /** An error nobody foresaw: the sentence for people, the stack for those who mend it. */
  crash(error: unknown): void {
    this.warn('crashed');
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  }

  private both(key: string, values: Values): string {
    return LANGUAGES.map((language) => `${this.text(language, `console:${key}`, values)}\n`).join('');
  }

  private reason(language: Language, { code, values }: Reason): string {
    return this.text(language, `console:refusal.${code}`, values ?? {});
  }

  private text(language: Language, key: string, values: Values): string {
    const filled = Object.entries(values).map(([name, value]) => [name, this.value(language, value)]);
    return this.texts.t(language, key, Object.fromEntries(filled));
  }

  private value(language: Language, value: ReasonValue): string | number {
    return typeof value === 'object' ? this.text(language, `console:${value.code}`, value.values ?? {}) : value;
  }
}
