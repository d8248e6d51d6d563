import { transcode } from 'node:buffer';
import { hash } from 'node:crypto';
import type { Reply } from '../kernel/exchange.js';
import { LANGUAGES, type Language, type LanguageChoice } from '../kernel/languages.js';

const TEXT_IN: Record<Language, RegExp> = { zh: /"zh" ?: ?["[]/, ru: /"ru" ?: ?["[]/ };

/**
 * The languages that an answer really holds, read off the finished JSON: inside a string a quotation mark is
 * escaped, so a map's member `"zh" : "` cannot be imitated by content. An answer without any text is in the
 * languages that were asked for.
 */
const servedLanguages = (pieces: readonly string[], choice: LanguageChoice): Language[] => {
  const served = LANGUAGES.filter((language) => pieces.some((json) => TEXT_IN[language].test(json)));
  if (served.length > 0) return served;
  return choice === 'all' ? [...LANGUAGES] : [choice];
};

/** A list of a hundred records fits; what is larger is rare and gets a place of its own. */
const WORKPLACE_BYTES = 1_048_576;
const workplace = Buffer.allocUnsafeSlow(WORKPLACE_BYTES);

/**
 * The bytes of a text that comes in pieces. Node encodes Chinese and Russian character by character where it is
 * handed a string; from UTF-16, which is what the string is in memory, it is one quick pass. The pieces are laid
 * side by side in a place that is kept, so that an answer leaves no copies of itself behind: they lie outside the
 * heap, where the garbage collector hardly notices how much they are (docs/performance.md).
 */
const utf8 = (pieces: readonly string[]): Buffer => {
  const size = 2 * pieces.reduce((sum, piece) => sum + piece.length, 0);
  const place = size > WORKPLACE_BYTES ? Buffer.allocUnsafeSlow(size) : workplace;
  let end = 0;
  for (const piece of pieces) end += place.write(piece, end, 'utf16le');
  return transcode(place.subarray(0, end), 'utf16le', 'utf8');
};

const hashOf = (body: Buffer): string => hash('sha1', body, 'base64url').slice(0, 16);

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
  const body = utf8([json]);
  return { status: 200, body, etag: recordTag(version, body, choice), languages: servedLanguages([json], choice) };
};

const contentReply = (pieces: readonly string[], choice: LanguageChoice): Reply => {
  const body = utf8(pieces);
  return { status: 200, body, etag: listTag(body, choice), languages: servedLanguages(pieces, choice) };
};

/** A JSON answer that is not a record. */
export const jsonReply = (json: string, choice: LanguageChoice): Reply => contentReply([json], choice);

/**
 * A page of a list.
 * @param items finished JSON of its records
 * @param page finished JSON of its member `page`
 */
export const pageReply = (items: readonly string[], page: string, choice: LanguageChoice): Reply => {
  const separated = items.flatMap((item, n) => (n === 0 ? [item] : [',', item]));
  return contentReply(['{"items":[', ...separated, `],"page":${page}}`], choice);
};

/** The answer where there is nothing to say. */
export const emptyReply = (status: 202 | 204 = 204): Reply => ({ status, body: Buffer.alloc(0), languages: [] });

/**
 * A text of another media type, with a tag of its content.
 */
export const textReply = (text: string, type: string, choice: LanguageChoice): Reply => {
  const body = utf8([text]);
  const languages = choice === 'all' ? [...LANGUAGES] : [choice];
  return { status: 200, body, type, etag: listTag(body, choice), languages };
};
