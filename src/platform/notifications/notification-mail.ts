import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { LANGUAGES, type Language, type LanguageMap } from '../../kernel/languages.js';
import { type AccountRow, Accounts, actorOf } from '../accounts/accounts.js';
import { Jobs } from '../jobs/jobs.js';
import { MAIL_OPTIONS, Mailer, type MailOrder } from '../mail/mailer.js';
import { DIGEST, DIGESTS, DIGESTS_OPTIONS, NOTIFICATION_MAIL } from './notification-jobs.js';
import { NotificationWords } from './notification-words.js';
import { type Told, ToldNotifications } from './told-notifications.js';
import { Unsubscriptions } from './unsubscriptions.js';

/** What one digest holds at most; the rest comes with the next one. */
const MOST_IN_DIGEST = 200;

const WAITING_ACCOUNTS = `select distinct account_id::text from notification
  where mail = 'daily' and mail_done_at is null`;

const WAITING = `select id::text from notification where account_id = $1 and mail = 'daily' and mail_done_at is null
  order by id limit ${MOST_IN_DIGEST}`;

const OWNER = 'select account_id::text from notification where id = $1 and mail_done_at is null';

const DONE = 'update notification set mail_done_at = now() where id = any ($1::uuid[])';

/** Whoever has ended the mail of a kind since is not written to about it. */
const WISHED = `not exists (select from notification_preference p
  where p.account_id = n.account_id and p.kind = n.kind and p.mail = 'off')`;

/** The part of a letter that depends on what it tells of. */
type Composed = Pick<MailOrder, 'kind' | 'unsubscribe' | 'values'>;
type Compose = (told: readonly Told[]) => Composed;

/** Writes to people about what they are told: one letter at once, or one a day about all of it. */
@Injectable()
export class NotificationMail {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly told: ToldNotifications,
    private readonly words: NotificationWords,
    private readonly mailer: Mailer,
    private readonly unsubscriptions: Unsubscriptions,
    private readonly jobs: Jobs,
  ) {
    jobs.define<{ notification: string }>({
      name: NOTIFICATION_MAIL,
      options: MAIL_OPTIONS,
      handle: ({ data }) => this.sendOne(data.notification),
    });
    jobs.define({ name: DIGESTS, options: DIGESTS_OPTIONS, handle: () => this.orderDigests() });
    jobs.define<{ account: string }>({
      name: DIGEST,
      options: MAIL_OPTIONS,
      handle: ({ data }) => this.sendDigest(data.account),
    });
  }

  private async sendOne(id: string): Promise<void> {
    const [owner] = await this.database.rows({ text: OWNER, values: [id] });
    if (owner) await this.write(owner[0]!, [id], id, ([told]) => this.letter(told!));
  }

  private async orderDigests(): Promise<void> {
    const waiting = await this.database.rows({ text: WAITING_ACCOUNTS, values: [] });
    await this.database.transaction(async (manager) => {
      for (const [account] of waiting) await this.jobs.enqueue(manager, DIGEST, { account }, { key: account! });
    });
  }

  private async sendDigest(accountId: string): Promise<void> {
    const ids = (await this.database.rows({ text: WAITING, values: [accountId] })).map(([id]) => id!);
    // Tried again with the same notifications, it is the same letter.
    if (ids.length > 0) await this.write(accountId, ids, `digest-${ids[0]}`, (told) => this.digest(accountId, told));
  }

  /** Writes about those that the reader may still read and wishes to be written to about; all of them are done with. */
  private async write(accountId: string, ids: string[], letterId: string, compose: Compose): Promise<void> {
    const account = await this.database.transaction((manager) => this.accounts.lock(manager, accountId));
    const told = account?.state === 'active' ? await this.stillMeant(account, ids) : [];
    if (account && told.length > 0) {
      await this.mailer.deliver(letterId, { to: account.email, language: account.language, ...compose(told) });
    }
    await this.database.rows({ text: DONE, values: [ids] });
  }

  private stillMeant(account: AccountRow, ids: string[]): Promise<Told[]> {
    return this.told.read(actorOf(account), (first) => ({
      condition: `n.id = any ($${first}::uuid[]) and ${WISHED}`,
      order: 'order by n.id',
      values: [ids],
    }));
  }

  private letter(told: Told): Composed {
    const unsubscribe = this.unsubscriptions.addressOf({ accountId: told.accountId, subject: told.kind });
    return { kind: 'notification', unsubscribe, values: { ...this.words.of(told), unsubscribe } };
  }

  private digest(accountId: string, told: readonly Told[]): Composed {
    const unsubscribe = this.unsubscriptions.addressOf({ accountId, subject: 'digest' });
    const kinds = [...new Set(told.map(({ kind }) => kind))];
    const words = told.map((one) => this.words.of(one));
    const items = inBoth((language) =>
      words.map(({ title, text }) => `${title[language]}\n${text[language]}`).join('\n\n'),
    );
    const ways = inBoth((language) =>
      kinds
        .map((kind) => {
          const name = this.words.kindName({ kind }, language);
          return `${name}${COLON[language]}${this.unsubscriptions.addressOf({ accountId, subject: kind })}`;
        })
        .join('\n'),
    );
    return { kind: 'digest', unsubscribe, values: { items, kinds: ways, unsubscribe } };
  }
}

const COLON: Record<Language, string> = { zh: '：', ru: ': ' };

const inBoth = (words: (language: Language) => string): LanguageMap =>
  Object.fromEntries(LANGUAGES.map((language) => [language, words(language)]));
