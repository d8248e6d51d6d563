import type { Reason } from '../lifecycle/refusal.js';

/** What a value has to look like, as a text with its placeholders, and how it is read. */
export type ValueKind = { readonly expected: Reason; readonly parse: (text: string) => string | number | undefined };

const WHOLE_NUMBER = /^(0|[1-9]\d{0,9})$/;

/** A whole number within bounds. */
export const integer = (min: number, max: number): ValueKind => ({
  expected: { code: 'expected.integer', values: { min, max } },
  parse: (text) => {
    const value = WHOLE_NUMBER.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  },
});

/** One of a few words. */
export const oneOf = (choices: readonly string[]): ValueKind => ({
  expected: { code: 'expected.choice', values: { choices: choices.join(', ') } },
  parse: (text) => (choices.includes(text) ? text : undefined),
});

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/** The address of a PostgreSQL database. */
export const parseDatabaseUrl = (text: string): string | undefined => {
  const url = urlOf(text);
  const isPostgres = url?.protocol === 'postgres:' || url?.protocol === 'postgresql:';
  return isPostgres && url.pathname.length > 1 ? text : undefined;
};

/** An origin and nothing else: links are made by appending a path. */
export const parseOrigin = (text: string): string | undefined => {
  const url = urlOf(text);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  const onlyOrigin = url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  return onlyOrigin && !/[?#]$/.test(text) ? url.origin : undefined;
};

/** The address of a mail server. */
export const parseSmtpUrl = (text: string): string | undefined => {
  const url = urlOf(text);
  return (url?.protocol === 'smtp:' || url?.protocol === 'smtps:') && url.hostname !== '' ? text : undefined;
};

/** A name or an address to listen on. */
export const parseHost = (text: string): string | undefined =>
  /^[0-9A-Za-z._:%-]{1,253}$/.test(text) ? text : undefined;

/** Names of this very machine, to which nobody listens on the way. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The issuer of an OpenID provider (OpenID Connect Discovery 1.0, 4.3): HTTPS, unless it runs on this machine. */
export const parseIssuer = (text: string): string | undefined => {
  const url = urlOf(text);
  if (!url || url.search || url.hash || url.username || url.password || /[?#]$/.test(text)) return undefined;
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  return isSafe ? text : undefined;
};

/** A text that is not empty and has no control characters or blanks around it. */
export const parsePlain = (text: string): string | undefined =>
  /^[\x21-\x7e](?:[\x20-\x7e]{0,498}[\x21-\x7e])?$/.test(text) ? text : undefined;
