import type { Language } from './languages.js';
import { forbiddenCodePoints } from './text.js';

/** Checks on one text of the portal: letters of the wrong alphabet, spaces and punctuation of the wrong side. */

/** What can be wrong with the wording of a text. */
export const TEXT_FAULTS = [
  'look-alike',
  'foreign-script',
  'forbidden-characters',
  'double-space',
  'ascii-punctuation',
  'straight-quote',
  'no-break-space',
] as const;

/** A fault and what was found, to fill the placeholders of its mend. */
export type TextFault = { code: (typeof TEXT_FAULTS)[number]; values: { found: string } };

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;
const NESTING = /\$t\([^()]*\)/g;

/** What i18next fills in: `{{name}}` and `$t(key)`, with formats and inner placeholders as written. */
export const placeholdersOf = (text: string): Set<string> =>
  new Set([
    ...[...text.matchAll(PLACEHOLDER)].map(([, inner]) => `{{${inner}}}`),
    ...[...text.matchAll(NESTING)].map(([nesting]) => nesting),
  ]);

/** Code, addresses and placeholders obey their own rules; what remains of them keeps the neighbours apart. */
const CODE: readonly RegExp[] = [
  /```[\s\S]*?```/g,
  /`[^`\n]*`/g,
  NESTING,
  PLACEHOLDER,
  /[a-z]+:\/\/[^\s，。；、）》”»]+/gi,
];
const STAND_IN = '\uFFFC';

const proseOf = (text: string): string => CODE.reduce((prose, pattern) => prose.replace(pattern, STAND_IN), text);

const ANY_CODE = new RegExp(CODE.map(({ source }) => source).join('|'), 'gi');

/** A text whose prose was changed and whose code was not; what stands for code in between is one sign. */
export const withProse = (text: string, change: (prose: string) => string): string => {
  const kept = text.match(ANY_CODE) ?? [];
  return change(text.replace(ANY_CODE, STAND_IN)).replaceAll(STAND_IN, () => kept.shift()!);
};

/** Quotations may be in the other language; in Chinese also an original name in brackets: 全俄分类（ОКВЭД 2）. */
const QUOTATIONS: Record<Language, RegExp> = {
  zh: /“[^”]*”|《[^》]*》|（\p{Script=Cyrillic}[^（）]*）/gu,
  ru: /«[^»]*»/g,
};
const FOREIGN: Record<Language, RegExp> = { zh: /\p{Script=Cyrillic}+/u, ru: /\p{Script=Han}+/u };

/** Abbreviations of which every letter has a Latin twin: typed on the wrong keyboard they look right and are not found. */
export const TWIN_ABBREVIATIONS: ReadonlySet<string> = new Set(['TOP', 'EAO', 'KHP', 'BKC', 'CBP', 'OOO', 'AO']);

const mixedWord = (language: Language, prose: string): string | undefined =>
  (prose.match(/[\p{L}\p{M}]+/gu) ?? []).find(
    (word) =>
      (/\p{Script=Cyrillic}/u.test(word) && /\p{Script=Latin}/u.test(word)) ||
      (language === 'ru' && TWIN_ABBREVIATIONS.has(word)),
  );

const scriptFaults = (language: Language, prose: string): TextFault[] => {
  const mixed = mixedWord(language, prose);
  const foreign = FOREIGN[language].exec(prose.replace(QUOTATIONS[language], STAND_IN))?.[0];
  return [
    ...(mixed ? [{ code: 'look-alike' as const, values: { found: mixed } }] : []),
    ...(foreign && foreign !== mixed ? [{ code: 'foreign-script' as const, values: { found: foreign } }] : []),
  ];
};

/** Patterns of faulty spaces and punctuation; the first finding of each is reported. */
const PATTERNS: { code: TextFault['code']; pattern: RegExp; only?: Language }[] = [
  // At the start of a line spaces are an indentation.
  { code: 'double-space', pattern: /(?<=\S)[ \u00A0]{2,}/u },
  { code: 'straight-quote', pattern: /\S*"\S*/u },
  { code: 'ascii-punctuation', pattern: /\p{Script=Han}+[,.;:!?()]|[,;:!?(]\p{Script=Han}+/u, only: 'zh' },
  { code: 'no-break-space', pattern: /№[ \d\p{L}\uFFFC]|[\d\uFFFC] ?гг?\.(?!\p{L})/u, only: 'ru' },
];

/** Everything that is wrong with the wording of one text. */
export const textFaults = (language: Language, text: string): TextFault[] => {
  const prose = proseOf(text);
  const forbidden = forbiddenCodePoints(text.replaceAll('\n', ''));
  const patterned = PATTERNS.filter(({ only }) => only === undefined || only === language).flatMap(
    ({ code, pattern }): TextFault[] => {
      const found = pattern.exec(prose)?.[0];
      return found === undefined ? [] : [{ code, values: { found: found.replaceAll(STAND_IN, '…') } }];
    },
  );
  return [
    ...scriptFaults(language, prose),
    ...(forbidden.length > 0
      ? [{ code: 'forbidden-characters' as const, values: { found: forbidden.join(', ') } }]
      : []),
    ...patterned,
  ];
};
