import { Inject, Injectable } from '@nestjs/common';
import type { SendMailOptions } from 'nodemailer';
import type { EntityManager } from 'typeorm';
import type { Config } from '../../infra/config/config.js';
import { derivedKey } from '../../infra/config/derived-key.js';
import { seal, unseal } from '../../infra/config/sealing.js';
import { CONFIG } from '../../infra/http/tokens.js';
import { Texts } from '../../infra/i18n/texts.js';
import { emailOf } from '../../kernel/email.js';
import { newId } from '../../kernel/ids.js';
import type { Language } from '../../kernel/languages.js';
import type { SpokenValues } from '../../kernel/spoken-values.js';
import { HopelessJob, type JobOptions } from '../jobs/job-kinds.js';
import { Jobs } from '../jobs/jobs.js';
import { type LetterKind, letterOf } from './letters.js';
import { mailFailure } from './mail-failure.js';
import { type MailTransport, mailTransport } from './mail-transport.js';

/** A letter to somebody. */
export type MailOrder = {
  to: string;
  kind: LetterKind;
  /** Preference of the reader; a letter to somebody without one is written in both languages. */
  language: Language | null;
  values?: SpokenValues;
  /** Address at which whoever reads it says that no more of the kind shall come (RFC 8058). */
  unsubscribe?: string;
};

/** A letter as it waits: what it is about may be read, to whom and with which code may not. */
type SealedLetter = { id: string; letter: LetterKind; sealed: string };

const SEND = 'mail.send';

/** Pauses from half a minute to four hours: a letter is tried for about a day and a half, greylisting passes in minutes. */
export const MAIL_OPTIONS: JobOptions = {
  retries: 16,
  retryDelaySeconds: 30,
  longestDelaySeconds: 4 * 3600,
  // Longer than a server may be silent at every step of a letter.
  expiresSeconds: 600,
};

/** The portal's mail: ordered in the transaction that it tells of, and sent by a job. */
@Injectable()
export class Mailer {
  private readonly transport: MailTransport;
  private readonly key: Buffer;

  constructor(
    private readonly texts: Texts,
    private readonly jobs: Jobs,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.transport = mailTransport(config);
    this.key = derivedKey(config.secretKey, 'mail');
    jobs.define<SealedLetter>({ name: SEND, options: MAIL_OPTIONS, handle: ({ data }) => this.sendSealed(data) });
  }

  /** Orders a letter; it is sent when the transaction is done, and not if it is not. */
  async send(manager: EntityManager, order: MailOrder): Promise<void> {
    addressOf(order);
    const id = newId();
    const data: SealedLetter = { id, letter: order.kind, sealed: seal(this.key, JSON.stringify(order), id) };
    await this.jobs.enqueue(manager, SEND, data, { key: id });
  }

  /**
   * Hands a letter to the mail server now; called by jobs, which try again.
   * @param id names the letter: sent twice, it is the same one for every mail program
   * @throws HopelessJob where the server refuses the letter for good, Error where a later try may help
   */
  async deliver(id: string, order: MailOrder): Promise<void> {
    const { kind, language, values = {} } = order;
    const { mailFrom, publicUrl } = this.config;
    const letter: SendMailOptions = {
      from: { name: '', address: mailFrom },
      to: { name: '', address: addressOf(order) },
      messageId: `<${id}@${mailFrom.slice(mailFrom.lastIndexOf('@') + 1)}>`,
      headers: { 'Auto-Submitted': 'auto-generated', ...unsubscribing(order) },
      ...letterOf(this.texts, kind, language, { ...values, portal: publicUrl }),
    };
    try {
      await this.transport.send(id, letter);
    } catch (error) {
      throw mailFailure(error);
    }
  }

  private async sendSealed({ id, sealed }: SealedLetter): Promise<void> {
    const order = unseal(this.key, sealed, id);
    if (order === undefined) throw new HopelessJob('the letter was sealed with another secret key');
    await this.deliver(id, JSON.parse(order) as MailOrder);
  }
}

/** An address that could carry further headers or readers never gets this far (hardening G100). */
const addressOf = ({ to }: MailOrder): string => {
  const address = emailOf(to);
  if (address === undefined) throw new HopelessJob('not an address of mail');
  return address;
};

const unsubscribing = ({ unsubscribe }: MailOrder): Record<string, string> =>
  unsubscribe === undefined
    ? {}
    : { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
