import { createHmac, timingSafeEqual } from 'node:crypto';
import { type MailKind, NOTIFICATION_KINDS } from '../../kernel/notification-kinds.js';

/** What a letter's reader can be rid of: one kind, or the daily digest. */
export type Unsubscription = { accountId: string; subject: MailKind };

const TOKEN = /^([0-9a-f]{32})\.([a-z.-]{1,60})\.([\w-]{43})$/;
const GROUPS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

const seal = (key: Buffer, { accountId, subject }: Unsubscription): string =>
  createHmac('sha256', key).update(`${accountId}/${subject}`).digest('base64url');

/** A token that stands in letters: it says what it is good for, nothing has to be kept of it, and it never ends. */
export const unsubscribeToken = (key: Buffer, unsubscription: Unsubscription): string =>
  `${unsubscription.accountId.replaceAll('-', '')}.${unsubscription.subject}.${seal(key, unsubscription)}`;

const isSubject = (text: string): text is MailKind =>
  text === 'digest' || (NOTIFICATION_KINDS as readonly string[]).includes(text);

/** @returns what the token is good for, or nothing where the portal has made no such token */
export const readUnsubscribeToken = (key: Buffer, token: string): Unsubscription | undefined => {
  const [, account = '', subject = '', mac = ''] = TOKEN.exec(token) ?? [];
  if (!isSubject(subject)) return undefined;
  const unsubscription = { accountId: account.replace(GROUPS, '$1-$2-$3-$4-$5'), subject };
  const right = Buffer.from(seal(key, unsubscription));
  return timingSafeEqual(right, Buffer.from(mac)) ? unsubscription : undefined;
};
