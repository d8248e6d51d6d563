import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../infra/config/config.js';
import { CONFIG } from '../../infra/http/tokens.js';
import { Texts } from '../../infra/i18n/texts.js';
import { emailOf } from '../../kernel/email.js';
import type { Language } from '../../kernel/languages.js';
import { Afterwards } from './afterwards.js';
import { type LetterKind, letterOf } from './letters.js';
import { type MailTransport, mailTransport } from './mail-transport.js';

/** A letter to somebody. */
export type MailOrder = {
  to: string;
  kind: LetterKind;
  /** Preference of the reader; a letter to somebody without one is written in both languages. */
  language: Language | null;
  values?: Readonly<Record<string, string>>;
};

/** Sends the portal's mail: after the transaction that it tells of, and never in the way of an answer. */
@Injectable()
export class Mailer {
  private readonly transport: MailTransport;

  constructor(
    private readonly texts: Texts,
    private readonly afterwards: Afterwards,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.transport = mailTransport(config);
  }

  /** Sends a letter once the answer is out; that it fails is told in the log, without the address. */
  send({ to, kind, language, values = {} }: MailOrder): void {
    const address = emailOf(to);
    // An address that could carry further headers or readers never gets this far (hardening G100).
    if (address === undefined) throw new Error('not an address of mail');
    const letter = letterOf(this.texts, kind, language, { portal: this.config.publicUrl, ...values });
    this.afterwards.run(`mail ${kind}`, () =>
      this.transport.send({ from: { name: '', address: this.config.mailFrom }, to: { name: '', address }, ...letter }),
    );
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}
