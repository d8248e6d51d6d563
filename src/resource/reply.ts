import { transcode } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Reply } from '../kernel/exchange.js';
import { LANGUAGES, type Language, type LanguageChoice } from '../kernel/languages.js';

const TEXT_IN: Record<Language, RegExp> = { zh: /"zh" ?: ?["[]/, ru: /"ru" ?: ?["[]/ };

/**
 * The languages that an answer really holds, read off the finished JSON: inside a string a quotation mark is
 * escaped, so a map's member `"zh" : "` cannot be imitated by content. An answer without any text is in the
 * languages that were asked for.
 */
const servedLanguages = (json: string, choice: LanguageChoice): Language[] => {
  const served = LANGUAGES.filter((language) => TEXT_IN[language].test(json));
  if (served.length > 0) return served;
  return choice === 'all' ? [...LANGUAGES] : [choice];
};

/**
 * The bytes of a text. Node encodes Chinese and Russian character by character where it is handed a string; from
 * UTF-16, which is what the string is in memory, it is one quick pass (docs/performance.md).
 */
const utf8 = (text: string): Buffer => transcode(Buffer.from(text, 'utf16le'), 'utf16le', 'utf8');

const hashOf = (body: Buffer): string => createHash('sha1').update(body).digest('base64url').slice(0, 16);

/** Strong tag of a list: differs by content and by the languages asked for. */
const listTag = (body: Buffer, choice: LanguageChoice): string => `"${choice}-${hashOf(body)}"`;

/**
 * Strong tag of a record: version, languages, and a hash of the answer, because the names of related records
 * change without the record's version. `If-Match` compares the version alone.
 */
const recordTag = (version: number, body: Buffer, choice: LanguageChoice): string =>
  `"v${version}-${choice}-${hashOf(body)}"`;

/** The version that an entity tag of this portal names; weak tags and foreign ones name none. */
export const versionOfTag = (tag: string): number | undefined => {
  const match = /^"v([1-9]\d{0,8})-(?:zh|ru|all)(?:-[\w-]{1,32})?"$/.exec(tag);
  return match ? Number(match[1]) : undefined;
};

/** A JSON answer about one record. */
export const recordReply = (json: string, version: number, choice: LanguageChoice): Reply => {
  const body = utf8(json);
  return { status: 200, body, etag: recordTag(version, body, choice), languages: servedLanguages(json, choice) };
};

/** A JSON answer that is not a record. */
export const jsonReply = (json: string, choice: LanguageChoice): Reply => {
  const body = utf8(json);
  return { status: 200, body, etag: listTag(body, choice), languages: servedLanguages(json, choice) };
};

const OPENING = Buffer.from('{"items":[');

/**
 * A page of a list.
 * @param items finished JSON of its records
 * @param page finished JSON of its member `page`
 */
export const pageReply = (items: readonly string[], page: string, choice: LanguageChoice): Reply => {
  const json = items.join(',');
  const body = Buffer.concat([OPENING, utf8(json), Buffer.from(`],"page":${page}}`)]);
  return { status: 200, body, etag: listTag(body, choice), languages: servedLanguages(json, choice) };
};

/**
 * A text of another media type, with a tag of its content.
 */
export const textReply = (text: string, type: string, choice: LanguageChoice): Reply => {
  const body = utf8(text);
  const languages = choice === 'all' ? [...LANGUAGES] : [choice];
  return { status: 200, body, type, etag: listTag(body, choice), languages };
};
