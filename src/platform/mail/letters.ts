import type { Texts } from '../../infra/i18n/texts.js';
import { CONTENT_LANGUAGE, LANGUAGES, type Language } from '../../kernel/languages.js';
import { type SpokenValues, valuesIn } from '../../kernel/spoken-values.js';

/** What the portal writes about; the texts stand in `locales/{zh,ru}/mail.json` under the same names. */
export const LETTER_KINDS = [
  'invitation',
  'registration',
  'registration-known',
  'password-reset',
  'password-changed',
  'notification',
  'digest',
] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** A letter in words. */
export type Letter = { subject: string; text: string; html: string };

const LONGEST_SUBJECT = 200;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** Addresses of the portal itself become links; whatever others have written stays as it is. */
const linked = (html: string, portal: string): string =>
  html
    .split(/(https?:\/\/[^\s<]+)/)
    .map((part) => (part.startsWith(`${portal}/`) ? `<a href="${part}">${part}</a>` : part))
    .join('');

const htmlOf = (language: Language, text: string, portal: string): string => {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((part) => `<p>${linked(escapeHtml(part), portal).replaceAll('\n', '<br>')}</p>`);
  return `<div lang="${CONTENT_LANGUAGE[language]}">${paragraphs.join('')}</div>`;
};

/** A subject is one line: what could begin another header becomes a space (hardening G100). */
const oneLine = (text: string): string => {
  const line = [...text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')];
  return line.length > LONGEST_SUBJECT ? `${line.slice(0, LONGEST_SUBJECT - 1).join('')}…` : line.join('');
};

/**
 * A letter in the reader's language, or in both where none is preferred.
 * @param values placeholders; what they hold stands in the letter as it is
 */
export const letterOf = (
  texts: Texts,
  kind: LetterKind,
  language: Language | null,
  values: SpokenValues & { portal: string },
): Letter => {
  const languages = language ? [language] : LANGUAGES;
  const say = (part: string) => languages.map((one) => texts.t(one, `mail:${kind}.${part}`, valuesIn(one, values)));
  const bodies = say('text');
  const html = bodies.map((body, n) => htmlOf(languages[n]!, body, values.portal));
  return {
    subject: oneLine(say('subject').join(' / ')),
    text: bodies.join('\n\n———\n\n'),
    html: `<!doctype html><meta charset="utf-8">${html.join('<hr>')}`,
  };
};
