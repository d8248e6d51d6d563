import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../infra/config/config.js';
import { derivedKey } from '../../infra/config/derived-key.js';
import { Database } from '../../infra/database/database.js';
import { languagesOf } from '../../infra/http/negotiation.js';
import { API_PREFIX } from '../../infra/http/route-table.js';
import { CONFIG } from '../../infra/http/tokens.js';
import { Texts } from '../../infra/i18n/texts.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { CONTENT_LANGUAGE, type Language } from '../../kernel/languages.js';
import type { MailKind } from '../../kernel/notification-kinds.js';
import { problem } from '../../kernel/problems.js';
import { textReply } from '../../resource/reply.js';
import { readUnsubscribeToken, type Unsubscription, unsubscribeToken } from './unsubscribe-tokens.js';

/** Media type of the pages that links in letters lead to. */
export const PAGE_TYPE = 'text/html';

const PATH = 'unsubscriptions';

/** The end of a kind's mail, and of nothing else; a first statement about the kind leaves it in the portal. */
const END_KIND = `insert into notification_preference (account_id, kind, portal, mail)
  select a.id, $2, true, 'off' from account a where a.id = $1::uuid
  on conflict (account_id, kind) do update set mail = 'off'`;
const END_DIGEST = `update notification_preference set mail = 'off' where account_id = $1::uuid and mail = 'daily'`;

/** The way out of the portal's mail for whoever holds a letter of it, without signing in (RFC 8058). */
@Injectable()
export class Unsubscriptions {
  private readonly key: Buffer;

  constructor(
    private readonly database: Database,
    private readonly texts: Texts,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.key = derivedKey(config.secretKey, 'unsubscribing');
  }

  /** The address that stands in letters. */
  addressOf(unsubscription: Unsubscription): string {
    return `${this.config.publicUrl}/${API_PREFIX}/${PATH}?credential=${unsubscribeToken(this.key, unsubscription)}`;
  }

  /**
   * Asks whether it is meant and changes nothing: programs that look through mail open every link.
   * @throws `account.token-unknown`
   */
  page(ask: Ask): Reply {
    const { subject } = this.meant(ask);
    const form = (language: Language) =>
      `<form method="post"><button>${this.say(language, 'button', subject)}</button></form>`;
    return this.inWords(ask, (language) => `${this.paragraph(language, 'question', subject)}${form(language)}`);
  }

  /**
   * Ends the mail; a second time changes nothing.
   * @throws `account.token-unknown`
   */
  async end(ask: Ask): Promise<Reply> {
    const { accountId, subject } = this.meant(ask);
    const statement =
      subject === 'digest'
        ? { text: END_DIGEST, values: [accountId] }
        : { text: END_KIND, values: [accountId, subject] };
    await this.database.rows(statement);
    return this.inWords(ask, (language) => this.paragraph(language, 'done', subject));
  }

  private meant({ parameters }: Ask): Unsubscription {
    const meant = readUnsubscribeToken(this.key, parameters.get('credential') ?? '');
    if (!meant) throw problem('account.token-unknown');
    return meant;
  }

  private say(language: Language, key: string, subject: MailKind): string {
    const kind =
      subject === 'digest'
        ? this.texts.t(language, 'notifications:unsubscribe.digest')
        : this.texts.t(language, `vocabularies:notificationKind.codes.${subject}`);
    return this.texts.t(language, `notifications:unsubscribe.${key}`, { kind });
  }

  private paragraph(language: Language, key: string, subject: MailKind): string {
    return `<p>${this.say(language, key, subject)}</p>`;
  }

  /** Nothing of a request stands in the page, only words of the portal. */
  private inWords({ choice }: Ask, part: (language: Language) => string): Reply {
    const sections = languagesOf(choice).map(
      (language) => `<section lang="${CONTENT_LANGUAGE[language]}">${part(language)}</section>`,
    );
    const title = languagesOf(choice)
      .map((language) => this.texts.t(language, 'notifications:unsubscribe.title'))
      .join(' / ');
    const head = `<meta charset="utf-8"><meta name="robots" content="noindex"><title>${title}</title>`;
    const reply = textReply(`<!doctype html>${head}${sections.join('<hr>')}`, PAGE_TYPE, choice);
    return { ...reply, headers: { 'Cache-Control': 'private, no-store' } };
  }
}
