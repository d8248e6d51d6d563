import type { Language } from '../languages.js';
import { type Check, type Found, findingsOf } from './finding.js';
import { withoutCode } from './masking.js';

/** Marks of Chinese by the half-width ones that are typed for them. */
export const FULL_WIDTH: Readonly<Record<string, string>> = {
  ',': '，',
  '.': '。',
  ';': '；',
  ':': '：',
  '!': '！',
  '?': '？',
  '(': '（',
  ')': '）',
};
const ORDINARY: Record<string, string> = {
  ...Object.fromEntries(Object.entries(FULL_WIDTH).map(([half, full]) => [full, half])),
  '、': ',',
  '《': '«',
  '》': '»',
  '％': '%',
};

/** A mark is half-width by mistake where ideographs or closing marks stand before it, or ideographs after it. */
const HALF_WIDTH =
  /(?<=[\p{Script=Han}）》”])[,.;:!?()]|(?<![\d\p{L}])[,;:!?()](?=\p{Script=Han})|(?<=[\dA-Za-z])[,;:!?)](?=\p{Script=Han})/gu;
const FULL_IN_RUSSIAN = /[，。；：！？（）、《》％]/gu;
const STRAIGHT = /"/g;
const WRONG_QUOTES: Record<Language, RegExp> = { zh: /[«»„]/g, ru: /[「」『』]/g };
const HYPHEN = /(?<=[\p{L}\d»)])[ \u00A0]-[ \u00A0](?=[\p{L}\d«(])/gu;

const PAIRS: Record<Language, readonly [string, string][]> = {
  zh: [
    ['（', '）'],
    ['《', '》'],
    ['“', '”'],
    ['〔', '〕'],
  ],
  ru: [
    ['(', ')'],
    ['«', '»'],
    ['[', ']'],
  ],
};
/** Points of a list, `1)` and `а)`, open nothing. */
const LIST_POINT = /(?<![\p{L}\d])[\p{L}\d]{1,2}$/u;

/** Marks that open and are not closed, or close what was not opened. */
const unbalanced = (language: Language, text: string): Found[] =>
  PAIRS[language].flatMap(([opening, closing]) => {
    const open: number[] = [];
    const stray: number[] = [];
    for (let at = 0; at < text.length; at += 1) {
      if (text[at] === opening) open.push(at);
      else if (
        text[at] === closing &&
        open.pop() === undefined &&
        !LIST_POINT.test(text.slice(Math.max(0, at - 3), at))
      )
        stray.push(at);
    }
    return [...open, ...stray].map(
      (start): Found => ({ severity: 'warning', language, start, end: start + 1, message: 'unbalanced' }),
    );
  });

const inChinese = (text: string): Found[] => {
  const prose = withoutCode(text);
  return [
    ...findingsOf(
      prose,
      HALF_WIDTH,
      { severity: 'warning', language: 'zh', message: 'half-width' },
      ([mark]) => FULL_WIDTH[mark]!,
    ),
    ...findingsOf(prose, STRAIGHT, { severity: 'warning', language: 'zh', message: 'straight-quote' }),
    ...findingsOf(prose, WRONG_QUOTES.zh, { severity: 'warning', language: 'zh', message: 'foreign-quote' }),
    ...unbalanced('zh', prose),
  ];
};

const inRussian = (text: string): Found[] => {
  const prose = withoutCode(text);
  return [
    ...findingsOf(
      prose,
      FULL_IN_RUSSIAN,
      { severity: 'warning', language: 'ru', message: 'full-width' },
      ([mark]) => ORDINARY[mark]!,
    ),
    ...findingsOf(prose, STRAIGHT, { severity: 'warning', language: 'ru', message: 'straight-quote' }),
    ...findingsOf(prose, WRONG_QUOTES.ru, { severity: 'warning', language: 'ru', message: 'foreign-quote' }),
    ...findingsOf(prose, HYPHEN, { severity: 'warning', language: 'ru', message: 'hyphen-for-dash' }, () => '\u00A0– '),
    ...unbalanced('ru', prose),
  ];
};

/** Marks of the wrong width or the other language, straight quotes, open brackets, hyphens in the place of dashes. */
export const innerPunctuation: Check = {
  id: 'inner-punctuation',
  run: ({ zh, ru }) => [...inChinese(zh), ...inRussian(ru)],
};
