import type { Language } from '../languages.js';

/** Parts of a text that obey rules of their own are blotted out, character for character, so that positions stay. */

/** Stands for a blotted-out character: neither letter nor figure, space nor mark. */
const BLOT = '\uFFFC';

const PLACEHOLDER = /\{\{[^{}]*\}\}/g;
const NESTING = /\$t\([^()]*\)/g;
const CODE = /`[^`\n]*`/g;
const ADDRESS = /(?<![a-z])[a-z]{2,10}:\/\/[^\s，。；、）》”»]+/gi;
const MAIL = /(?<![\w.-])[\w.-]{1,64}@[a-z\d.-]{1,255}/gi;

const blot = (text: string): string => BLOT.repeat(text.length);

/** Blots out placeholders, code and addresses. */
export const withoutCode = (text: string): string =>
  [NESTING, PLACEHOLDER, CODE, ADDRESS, MAIL].reduce((rest, pattern) => rest.replace(pattern, blot), text);

const CLOSING: Record<Language, ReadonlyMap<string, string>> = {
  zh: new Map([
    ['“', '”'],
    ['‘', '’'],
    ['《', '》'],
    ['「', '」'],
  ]),
  ru: new Map([
    ['«', '»'],
    ['„', '“'],
    ['“', '”'],
  ]),
};
const BRACKETS = new Map([
  ['（', '）'],
  ['(', ')'],
]);

/** Where quotations lie, from mark to mark; one that is never closed is none. One pass, whatever the text. */
const quotedSpans = (text: string, closing: ReadonlyMap<string, string>): [number, number][] => {
  const spans: [number, number][] = [];
  const open: { at: number; mark: string }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at]!;
    if (open.at(-1)?.mark === mark) {
      const { at: start } = open.pop()!;
      while (spans.length > 0 && spans.at(-1)![0] > start) spans.pop();
      spans.push([start, at + 1]);
    } else if (closing.has(mark)) open.push({ at, mark: closing.get(mark)! });
  }
  return spans;
};

const blotSpans = (text: string, spans: readonly [number, number][]): string => {
  let [result, last] = ['', 0];
  for (const [start, end] of spans) {
    result += text.slice(last, start) + blot(text.slice(start, end));
    last = end;
  }
  return result + text.slice(last);
};

/** Blots out quotations: their wording is somebody else's. */
export const withoutQuotations = (language: Language, text: string): string =>
  blotSpans(text, quotedSpans(text, CLOSING[language]));

/** Blots out quotations and brackets, in which an original name may stand. */
export const withoutAsides = (language: Language, text: string): string =>
  blotSpans(text, quotedSpans(text, new Map([...CLOSING[language], ...BRACKETS])));
