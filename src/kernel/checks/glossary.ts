import type { Check, Found, Severity, TranslationPair } from './finding.js';
import type { BadForm, Entry, Glossary } from './glossary-index.js';
import { inCyrillic } from './look-alikes.js';
import { withoutAsides, withoutCode, withoutQuotations } from './masking.js';
import { holds, isMisspelt, phraseEnd, type RussianWord, russianWords } from './russian-words.js';

type Hit = { entry: Entry; start: number; end: number };

/** Terms of a Chinese text, the longest at each place: 公路口岸 is not also 口岸. */
const chineseHits = (text: string, { zh, badZh }: Glossary): Hit[] => {
  const bad = new Map(badZh.map(({ form, entry }) => [form, entry]));
  const longestBad = Math.max(0, ...[...bad.keys()].map((form) => form.length));
  const hits: Hit[] = [];
  for (let at = 0; at < text.length; ) {
    const found = zh.get(text[at]!)?.find(({ form }) => text.startsWith(form, at));
    // A form that is not to be used covers the terms in it, as 跨越式发展区 does.
    const shunned = longestAt(text, at, bad, longestBad);
    if (shunned && shunned.length > (found?.form.length ?? 0)) at += shunned.length;
    else if (found) {
      if (found.entry) hits.push({ entry: found.entry, start: at, end: at + found.form.length });
      at += found.form.length;
    } else at += 1;
  }
  return hits;
};

const longestAt = (
  text: string,
  at: number,
  forms: ReadonlyMap<string, unknown>,
  longest: number,
): string | undefined => {
  for (let length = longest; length > 0; length -= 1) {
    const form = text.slice(at, at + length);
    if (form.length === length && forms.has(form)) return form;
  }
  return undefined;
};

/** Terms of a Russian text, the longest at each place. */
const russianHits = (words: readonly RussianWord[], { ru }: Glossary): (Hit & { entries: Entry[] })[] => {
  const hits: (Hit & { entries: Entry[] })[] = [];
  for (let at = 0; at < words.length; ) {
    const found = (ru.get(words[at]!.stem) ?? [])
      .map(({ phrase, entry }) => ({ entry, last: phraseEnd({ ...phrase, derives: false }, words, at, false) }))
      .filter(({ last }) => last !== undefined);
    const last = found[0]?.last;
    if (last === undefined) {
      at += 1;
      continue;
    }
    const entries = found.filter((one) => one.last === last).map(({ entry }) => entry);
    hits.push({ entry: entries[0]!, entries, start: words[at]!.start, end: words[last]!.end });
    at = last + 1;
  }
  return hits;
};

/** A term of a text and where it stands. */
export type TermHit = { term: Entry['term']; start: number; end: number };

/** The terms that a text of either language holds, the longest at each place, each where it stands first. */
export const termsIn = (language: 'zh' | 'ru', text: string, index: Glossary): TermHit[] => {
  const hits = language === 'zh' ? chineseHits(text, index) : russianHits(russianWords(text), index);
  const first = new Map<Entry, TermHit>();
  for (const { entry, start, end } of hits) if (!first.has(entry)) first.set(entry, { term: entry.term, start, end });
  return [...first.values()];
};

const severityOf = (entry: Entry): Severity => (entry.term.grade === 'A' ? 'error' : 'warning');

/** A single common word says too little to ask for one certain word in the other language. */
const isTelling = ({ term }: Entry, words: number): boolean => words > 1 || term.proper;

type Texts = { zh: string; ru: string; words: RussianWord[]; wordsOutside: RussianWord[]; plainWords: RussianWord[] };

const missingInRussian = (texts: Texts, hits: readonly Hit[], reported: ReadonlySet<Entry>): Found[] => {
  const seen = new Set<Entry>();
  return hits.flatMap(({ entry, start, end }): Found[] => {
    if (seen.has(entry) || reported.has(entry) || entry.term.use === 'advised') return [];
    seen.add(entry);
    if (entry.accepted.some((phrase) => holds(texts.words, phrase))) return [];
    const suggestion = entry.term.ru;
    return [
      {
        severity: severityOf(entry),
        language: 'zh',
        start,
        end,
        message: 'term-missing',
        suggestion,
        values: { wanted: suggestion },
      },
    ];
  });
};

const missingInChinese = (texts: Texts, glossary: Glossary, reported: ReadonlySet<Entry>): Found[] => {
  const seen = new Set<Entry>();
  return russianHits(texts.plainWords, glossary).flatMap(({ entry, entries, start, end }): Found[] => {
    if (seen.has(entry) || entries.some((one) => reported.has(one) || one.term.use === 'advised')) return [];
    seen.add(entry);
    if (!isTelling(entry, texts.ru.slice(start, end).split(/[\s-]+/).length)) return [];
    const forms = entries.flatMap((one) => [...one.zhForms, ...one.term.zhForms, ...one.term.zhDeprecated]);
    if (forms.some((form) => texts.zh.includes(form))) return [];
    const suggestion = entry.term.zh;
    return [
      {
        severity: severityOf(entry),
        language: 'ru',
        start,
        end,
        message: 'term-missing',
        suggestion,
        values: { wanted: suggestion },
      },
    ];
  });
};

const badFinding = ({ kind, entry }: BadForm, language: 'zh' | 'ru', start: number, end: number): Found => ({
  severity: kind === 'forbidden' && entry.term.grade === 'A' ? 'error' : 'warning',
  language,
  start,
  end,
  message: kind === 'forbidden' ? 'term-forbidden' : 'term-deprecated',
  suggestion: entry.term[language],
  values: { wanted: entry.term[language] },
});

type BadHit = { bad: BadForm; found: Found };

/** Forms of Chinese terms that are not to be used, outside quotations, where no longer term covers them. */
const badInChinese = (text: string, { badZh }: Glossary, hits: readonly Hit[], outside: string): BadHit[] => {
  const covered = new Set(hits.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at)));
  return badZh.flatMap((bad) => {
    const found: BadHit[] = [];
    for (let at = outside.indexOf(bad.form); at >= 0; at = outside.indexOf(bad.form, at + bad.form.length)) {
      const applies = !covered.has(at) && (bad.unless === undefined || !text.includes(bad.unless));
      if (applies) found.push({ bad, found: badFinding(bad, 'zh', at, at + bad.form.length) });
    }
    return found;
  });
};

/** A common word is wrong only for its term: «порт» for 口岸, not for 港口. */
const badInRussian = (texts: Texts, { badRu }: Glossary, hits: readonly Hit[]): BadHit[] => {
  const terms = new Set(hits.map(({ entry }) => entry));
  return texts.wordsOutside.flatMap((word, at) =>
    (badRu.get(word.stem) ?? []).flatMap((bad): BadHit[] => {
      const last = phraseEnd(bad.phrase, texts.wordsOutside, at, false);
      const applies = bad.entry.term.proper || bad.kind === 'deprecated' || terms.has(bad.entry);
      const single = bad.phrase.words.length === 1 && bad.kind === 'forbidden';
      if (single && !isMisspelt(bad.phrase.words[0]!, word, bad.entry.accepted)) return [];
      if (last === undefined || !applies || (bad.unless !== undefined && texts.zh.includes(bad.unless))) return [];
      return [{ bad, found: badFinding(bad, 'ru', word.start, texts.wordsOutside[last]!.end) }];
    }),
  );
};

const readTexts = (pair: TranslationPair): Texts & { outside: string } => {
  // A word on the wrong keyboard is a look-alike, and the term is there.
  const [zh, ru] = [withoutCode(pair.zh), inCyrillic(withoutCode(pair.ru))];
  return {
    zh,
    ru,
    outside: withoutQuotations('zh', zh),
    words: russianWords(ru),
    wordsOutside: russianWords(withoutQuotations('ru', ru)),
    plainWords: russianWords(withoutAsides('ru', ru)),
  };
};

/**
 * Terms as the glossary has them: each term of the original has its counterpart in the other text, in whatever case, and
 * neither text holds forbidden or deprecated forms. What stands in quotation marks is left alone.
 */
export const glossary: Check = {
  id: 'glossary',
  run: (pair) => {
    const texts = readTexts(pair);
    const hits = chineseHits(texts.outside, pair.glossary);
    const bad = [
      ...badInChinese(texts.zh, pair.glossary, hits, texts.outside),
      ...badInRussian(texts, pair.glossary, hits),
    ];
    const reported = new Set(
      bad.filter(({ bad: { kind } }) => kind === 'forbidden').map(({ bad: { entry } }) => entry),
    );
    return [
      ...bad.map(({ found }) => found),
      ...(pair.source === 'ru' ? [] : missingInRussian(texts, hits, reported)),
      ...(pair.source === 'zh' ? [] : missingInChinese(texts, pair.glossary, reported)),
    ];
  },
};
