import { createHash } from 'node:crypto';
import type { Reply } from '../kernel/exchange.js';
import { LANGUAGES, type Language, type LanguageChoice } from '../kernel/languages.js';

const TEXT_IN: Record<Language, RegExp> = { zh: /"zh" ?: ?["[]/, ru: /"ru" ?: ?["[]/ };

/**
 * The languages that an answer really holds, read off the finished JSON: inside a string a quotation mark is
 * escaped, so a map's member `"zh" : "` cannot be imitated by content. An answer without any text is in the
 * languages that were asked for.
 */
export const servedLanguages = (body: string, choice: LanguageChoice): Language[] => {
  const served = LANGUAGES.filter((language) => TEXT_IN[language].test(body));
  if (served.length > 0) return served;
  return choice === 'all' ? [...LANGUAGES] : [choice];
};

/** Over UTF-16, which is what the string is in memory: encoding it for the hash alone costs more than the hash. */
const hashOf = (text: string): string => createHash('sha1').update(text, 'utf16le').digest('base64url').slice(0, 16);

/** Strong tag of a list: differs by content and by the languages asked for. */
export const listTag = (body: string, choice: LanguageChoice): string => `"${choice}-${hashOf(body)}"`;

/**
 * Strong tag of a record: version, languages, and a hash of the answer, because the names of related records
 * change without the record's version. `If-Match` compares the version alone.
 */
const recordTag = (version: number, body: string, choice: LanguageChoice): string =>
  `"v${version}-${choice}-${hashOf(body)}"`;

/** The version that an entity tag of this portal names; weak tags and foreign ones name none. */
export const versionOfTag = (tag: string): number | undefined => {
  const match = /^"v([1-9]\d{0,8})-(?:zh|ru|all)(?:-[\w-]{1,32})?"$/.exec(tag);
  return match ? Number(match[1]) : undefined;
};

/** A JSON answer about one record. */
export const recordReply = (status: number, body: string, version: number, choice: LanguageChoice): Reply => ({
  status,
  body,
  etag: recordTag(version, body, choice),
  languages: servedLanguages(body, choice),
});

/** A JSON answer that is not a record. */
export const jsonReply = (body: string, choice: LanguageChoice): Reply => ({
  status: 200,
  body,
  etag: listTag(body, choice),
  languages: servedLanguages(body, choice),
});
