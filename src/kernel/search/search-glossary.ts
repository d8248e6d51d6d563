import type { Term } from '../checks/glossary-index.js';
import { ADJECTIVE, russianWords } from '../checks/russian-words.js';
import type { LanguageMap } from '../languages.js';
import { fold, tokensOf } from './folding.js';

/** A term as a search uses it: every name it may be written under, and the pair that is shown as the reason. */
export type SearchTermEntry = {
  /** The shortest names of each language; a longer one that holds a shorter one would find nothing more. */
  zh: readonly string[];
  ru: readonly string[];
  shown: Required<LanguageMap>;
  /** A name: whatever begins with its stem is a form of it or derived from it. */
  proper: boolean;
};

type RussianForm = { stems: readonly string[]; entry: SearchTermEntry };
type ChineseForm = { form: string; entry: SearchTermEntry };

/** Names in both languages, found by the first character or the first stem; the longest stand first. */
export type SearchGlossary = {
  zh: ReadonlyMap<string, readonly ChineseForm[]>;
  ru: ReadonlyMap<string, readonly RussianForm[]>;
};

/** Words before a place name that people leave out. */
const PLACE_KIND = /^(?:город|провинция|уезд|район|остров|село|посёлок|река|округ|автономный район) /;
const ASIDE = / ?[（(][^（）()]*[)）]/g;
const CONDITIONAL = / \(unless .*\)$/;

const bare = (name: string): string => name.replace(ASIDE, '').trim();

const stemsOf = (text: string): string[] => russianWords(fold(text)).map(({ stem }) => stem);

const distinct = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];

const shortestChinese = (forms: readonly string[]): string[] =>
  forms.filter((form) => !forms.some((other) => other !== form && form.includes(other)));

const shortestRussian = (forms: readonly string[]): string[] => {
  const stems = new Map(forms.map((form) => [form, stemsOf(form)]));
  const covers = (short: readonly string[], long: readonly string[]) =>
    short.length < long.length && short.every((stem) => long.includes(stem));
  return forms.filter((form) => !forms.some((other) => covers(stems.get(other)!, stems.get(form)!)));
};

const entryOf = (term: Term): SearchTermEntry => {
  const name = bare(term.ru);
  const zh = distinct([bare(term.zh), ...term.zhVariants, ...term.zhDeprecated]);
  const ru = distinct([name.replace(PLACE_KIND, ''), name, ...term.ruVariants, ...term.ruForms, ...term.ruDeprecated]);
  const [shortZh, shortRu] = [shortestChinese(zh), shortestRussian(ru)];
  return { zh: shortZh, ru: shortRu, shown: { zh: shortZh[0]!, ru: shortRu[0]! }, proper: term.proper };
};

/** What a term is recognised by: also by names it should not be called, which people type all the same. */
const recognised = (term: Term) => {
  const name = bare(term.ru);
  return {
    zh: distinct([bare(term.zh), ...term.zhVariants, ...term.zhForms, ...term.zhDeprecated, ...term.zhForbidden]),
    ru: distinct([
      ...[name, name.replace(PLACE_KIND, ''), ...term.ruVariants, ...term.ruForms, ...term.ruDeprecated],
      ...term.ruForbidden.filter((form) => !CONDITIONAL.test(form)),
    ]),
  };
};

const put = <Form>(map: Map<string, Form[]>, key: string, form: Form): void => {
  map.set(key, [...(map.get(key) ?? []), form]);
};

/** A single character says too little, and so does a form that is not of Chinese characters alone. */
const isChineseForm = (form: string): boolean => {
  const [first, ...others] = tokensOf(form);
  return first !== undefined && others.length === 0 && first.han && form.length > 1 && first.text === form;
};

/** Makes the glossary ready for searches; done once. */
export const compileSearchGlossary = (terms: readonly Term[]): SearchGlossary => {
  const [zh, ru] = [new Map<string, ChineseForm[]>(), new Map<string, RussianForm[]>()];
  for (const term of terms) {
    const entry = entryOf(term);
    const forms = recognised(term);
    for (const form of forms.zh.map(fold).filter(isChineseForm)) put(zh, [...form][0]!, { form, entry });
    for (const stems of forms.ru.map(stemsOf).filter(({ length }) => length > 0)) put(ru, stems[0]!, { stems, entry });
  }
  for (const forms of zh.values()) forms.sort((a, b) => b.form.length - a.form.length);
  for (const forms of ru.values()) forms.sort((a, b) => b.stems.length - a.stems.length);
  return { zh, ru };
};

/** A glossary without terms. */
export const NO_TERMS: SearchGlossary = { zh: new Map(), ru: new Map() };

/** The terms whose name begins at the head of a Chinese text, the longest only, and how long it is. */
export const chineseTermsAt = (
  { zh }: SearchGlossary,
  text: string,
): { length: number; entries: SearchTermEntry[] } => {
  const fitting = (zh.get([...text][0] ?? '') ?? []).filter(({ form }) => text.startsWith(form));
  const length = fitting[0]?.form.length ?? 0;
  return { length, entries: distinct(fitting.filter(({ form }) => form.length === length).map(({ entry }) => entry)) };
};

/** Shortest stem of a name from which an adjective is recognised. */
const SHORTEST_NAME = 4;

/** Beginnings of a word that may be the stem of a term's first word: itself, and what it may be derived from. */
const possibleStems = (stem: string): string[] => [
  stem,
  ...Array.from({ length: Math.max(0, stem.length - SHORTEST_NAME) }, (_, n) => stem.slice(0, stem.length - 1 - n)),
];

const isForm = (wanted: string, found: string | undefined, derives: boolean): boolean =>
  found !== undefined &&
  (wanted === found ||
    (derives &&
      wanted.length >= SHORTEST_NAME &&
      found.startsWith(wanted) &&
      ADJECTIVE.test(found.slice(wanted.length))));

/** The terms whose name begins a row of Russian words, the longest only, and how many words it has. */
export const russianTermsAt = (
  { ru }: SearchGlossary,
  words: readonly string[],
): { length: number; entries: SearchTermEntry[] } => {
  const stems = words.map((word) => stemsOf(word)[0] ?? word);
  const fitting = possibleStems(stems[0] ?? '')
    .flatMap((stem) => ru.get(stem) ?? [])
    .filter(({ stems: wanted, entry }) => wanted.every((stem, n) => isForm(stem, stems[n], entry.proper)));
  const length = Math.max(0, ...fitting.map(({ stems: wanted }) => wanted.length));
  return {
    length,
    entries: distinct(fitting.filter(({ stems: wanted }) => wanted.length === length).map(({ entry }) => entry)),
  };
};
