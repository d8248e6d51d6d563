import type { Texts } from '../../infra/i18n/texts.js';
import { LANGUAGES, type Language } from '../../kernel/languages.js';

/** What the portal writes about; the texts stand in `locales/{zh,ru}/mail.json` under the same names. */
export const LETTER_KINDS = [
  'invitation',
  'registration',
  'registration-known',
  'password-reset',
  'password-changed',
] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** A letter in words. */
export type Letter = { subject: string; text: string; html: string };

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

const htmlOf = (language: Language, text: string): string => {
  const paragraphs = text.split(/\n{2,}/).map((part) => `<p>${escapeHtml(part).replaceAll('\n', '<br>')}</p>`);
  return `<div lang="${language === 'zh' ? 'zh-Hans' : language}">${paragraphs.join('')}</div>`;
};

/**
 * A letter in the reader's language, or in both where none is preferred.
 * @param values placeholders; what they hold stands in the letter as it is
 */
export const letterOf = (
  texts: Texts,
  kind: LetterKind,
  language: Language | null,
  values: Readonly<Record<string, string>>,
): Letter => {
  const languages = language ? [language] : LANGUAGES;
  const bodies = languages.map((one) => texts.t(one, `mail:${kind}.text`, values));
  return {
    subject: languages.map((one) => texts.t(one, `mail:${kind}.subject`)).join(' / '),
    text: bodies.join('\n\n———\n\n'),
    html: `<!doctype html><meta charset="utf-8">${bodies.map((body, n) => htmlOf(languages[n]!, body)).join('<hr>')}`,
  };
};
