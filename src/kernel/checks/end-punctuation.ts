import { LANGUAGES, type Language, otherLanguage } from '../languages.js';
import type { Check, Found, TranslationPair } from './finding.js';

type Mark = 'stop' | 'question' | 'exclamation' | 'colon' | 'semicolon' | 'comma' | 'ellipsis';

const MARKS: ReadonlyMap<string, Mark> = new Map([
  ...Object.entries({ '。': 'stop', '．': 'stop', '.': 'stop', '？': 'question', '?': 'question' } as const),
  ...Object.entries({ '！': 'exclamation', '!': 'exclamation', '：': 'colon', ':': 'colon' } as const),
  ...Object.entries({ '；': 'semicolon', ';': 'semicolon', '，': 'comma', ',': 'comma', '…': 'ellipsis' } as const),
]);
const WRITTEN: Record<Language, Record<Mark, string>> = {
  zh: { stop: '。', question: '？', exclamation: '！', colon: '：', semicolon: '；', comma: '，', ellipsis: '……' },
  ru: { stop: '.', question: '?', exclamation: '!', colon: ':', semicolon: ';', comma: ',', ellipsis: '…' },
};
/** Closing quotes and brackets; the mark may stand on either side of them. */
const CLOSERS = new Set('”’」』》）)»“"\'］]');
/** Abbreviations that bring their own full stop to the end of a Russian text. */
const ABBREVIATED =
  /(?<!\p{L})(?:гг?|руб|коп|тыс|чел|др|пр|проч|т\. ?[дп]|т\.[дп]|обл|р|ул|п|см|ст|ч|мин|долл|пос|с|стр|экз|им|н\. ?э)\.$/u;

type End = { mark: Mark | undefined; start: number; end: number; bracketed: boolean };

const endOf = (text: string): End => {
  let end = text.trimEnd().length;
  // A mark inside brackets ends what stands in them, not the sentence.
  const bracketed = /[）)]/.test(text[end - 1] ?? '');
  while (end > 0 && CLOSERS.has(text[end - 1]!)) end -= 1;
  const mark = MARKS.get(text[end - 1] ?? '');
  let start = end;
  while (mark && start > 0 && MARKS.get(text[start - 1]!) === mark) start -= 1;
  return { mark: mark === 'stop' && end - start >= 3 ? 'ellipsis' : mark, start, end, bracketed };
};

const abbreviated = (text: string, { end }: End): boolean => ABBREVIATED.test(text.slice(Math.max(0, end - 12), end));

/** The text that has to follow: the translation, or the Russian one where both are originals. */
const follower = ({ source }: TranslationPair): Language => (source === 'both' ? 'ru' : otherLanguage(source));

/** The two texts end alike: 。 as a full stop, ； as a semicolon, a title without anything. */
export const endPunctuation: Check = {
  id: 'end-punctuation',
  run: (pair): Found[] => {
    const ends = { zh: endOf(pair.zh), ru: endOf(pair.ru) };
    if (ends.zh.end === 0 || ends.ru.end === 0 || ends.zh.mark === ends.ru.mark) return [];
    if (ends.zh.bracketed && ends.ru.bracketed) return [];
    if (LANGUAGES.some((language) => ends[language].bracketed && !ends[otherLanguage(language)].mark)) return [];
    const lent = ends.ru.mark === 'stop' && abbreviated(pair.ru, ends.ru);
    if (lent && (ends.zh.mark === undefined || ends.zh.mark === 'stop')) return [];
    const language = follower(pair);
    const { start, end } = ends[language];
    const wanted = ends[otherLanguage(language)].mark;
    const suggestion = wanted ? WRITTEN[language][wanted] : '';
    return [
      { severity: 'warning', language, start, end, message: 'end-mark', suggestion, values: { wanted: suggestion } },
    ];
  },
};
