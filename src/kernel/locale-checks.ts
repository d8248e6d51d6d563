import { LANGUAGES, type Language, otherLanguage } from './languages.js';
import { placeholdersOf, TEXT_FAULTS, textFaults } from './locale-text-checks.js';

/** One file of `locales/{zh,ru}` as it lies on the disk. */
export type LocaleFile = { language: Language; name: string; text: string };

/** What can be wrong with locale files; the mends stand in `locales/{zh,ru}/locale-checks.json` under the same code. */
export const LOCALE_FAULTS = [
  'missing-file',
  'not-json',
  'not-canonical',
  'bad-key',
  'not-text',
  'empty',
  'missing-key',
  'plural-set',
  'plural-by-accident',
  'placeholders',
  'removed-key',
  'new-placeholder',
  ...TEXT_FAULTS,
] as const;
type LocaleFaultCode = (typeof LOCALE_FAULTS)[number];

/** A fault: where it is, and what fills the placeholders of its mend. */
export type LocaleFault = {
  language: Language;
  file: string;
  key: string;
  code: LocaleFaultCode;
  values?: Record<string, string | number>;
};

/**
 * Plural categories of whole numbers in each language (CLDR). Russian `_other` is for fractions only, and translation
 * tools that know the forms of gettext drop it; a fraction takes the words of `_few` (`Texts.t`).
 */
const PLURAL_FORMS: Record<Language, readonly string[]> = { zh: ['other'], ru: ['one', 'few', 'many'] };
const PLURAL_SUFFIX = /^(.+)_(zero|one|two|few|many|other)$/;

type Texts = Map<string, string>;
type Report = (key: string, code: LocaleFaultCode, values?: LocaleFault['values']) => void;

/**
 * Everything that is wrong with a set of locale files, the two languages compared with each other.
 * @param files all files of both languages
 */
export const localeFaults = (files: readonly LocaleFile[]): LocaleFault[] => {
  const names = [...new Set(files.map(({ name }) => name))].sort();
  return names.flatMap((name) => {
    const pair = files.filter((file) => file.name === name);
    const missing = LANGUAGES.filter((language) => !pair.some((file) => file.language === language));
    const read = pair.map(readFile);
    return [
      ...missing.map((language): LocaleFault => ({ language, file: name, key: '', code: 'missing-file' })),
      ...read.flatMap(({ faults }) => faults),
      ...comparePair(name, new Map(read.map(({ language, texts }) => [language, texts]))),
    ];
  });
};

/** Faults of wording and form; with any other one the portal cannot speak. */
const BEARABLE: ReadonlySet<LocaleFaultCode> = new Set([...TEXT_FAULTS, 'not-canonical', 'plural-by-accident']);

/** Whether a set of files can serve at all; one that is to take another one's place must have no fault. */
export const canServe = (faults: readonly LocaleFault[]): boolean => faults.every(({ code }) => BEARABLE.has(code));

/**
 * What a set of files lacks that the portal is serving from another one: texts that the program asks for by name, and
 * placeholders that it fills in. Neither can change while it runs.
 * @param serving a set without faults
 * @param next another one
 */
export const swapFaults = (serving: readonly LocaleFile[], next: readonly LocaleFile[]): LocaleFault[] =>
  serving.map(readFile).flatMap(({ language, name, texts }) => {
    const following = next.find((file) => file.name === name && file.language === language);
    const wanted = placeholdersByKey(texts ?? new Map());
    const found = placeholdersByKey((following && readFile(following).texts) ?? new Map());
    return [...wanted].flatMap(([key, known]): LocaleFault[] => {
      const placeholders = found.get(key);
      if (!placeholders) return [{ language, file: name, key, code: 'removed-key' }];
      const added = [...placeholders].filter((placeholder) => !known.has(placeholder));
      if (added.length === 0) return [];
      return [{ language, file: name, key, code: 'new-placeholder', values: { found: added.join(' ') } }];
    });
  });

/** How many texts the readable files hold, the forms of a plural counted one by one. */
export const localeTexts = (files: readonly LocaleFile[]): number =>
  files.map(readFile).reduce((sum, { texts }) => sum + (texts?.size ?? 0), 0);

/** How many texts of a pair of files a language lacks. */
export const missingTexts = (pair: readonly LocaleFile[], language: Language): number =>
  localeFaults(pair).filter((fault) => fault.language === language && fault.code === 'missing-key').length;

type ReadFile = { language: Language; name: string; texts: Texts | undefined; faults: LocaleFault[] };

const readFile = ({ language, name, text }: LocaleFile): ReadFile => {
  const faults: LocaleFault[] = [];
  const report: Report = (key, code, values) =>
    faults.push({ language, file: name, key, code, ...(values && { values }) });
  const tree = parse(text);
  if (tree === undefined) {
    report('', 'not-json');
    return { language, name, texts: undefined, faults };
  }
  const texts: Texts = new Map();
  collect(tree, '', texts, report);
  checkForm(text, tree, report);
  for (const [key, value] of texts) {
    for (const { code, values } of textFaults(language, value)) report(key, code, values);
  }
  checkPlurals(language, texts, report);
  return { language, name, texts, faults };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Gathers `path.to.text` → text. */
const collect = (value: unknown, path: string, texts: Texts, report: Report): void => {
  if (typeof value === 'string') {
    if (value.trim() === '') report(path, 'empty');
    texts.set(path, value);
    return;
  }
  if (!isObject(value)) {
    report(path, 'not-text');
    return;
  }
  if (Object.keys(value).length === 0) report(path, 'empty');
  for (const [key, inner] of Object.entries(value)) {
    const below = path === '' ? key : `${path}.${key}`;
    // i18next takes a full stop for a level and a colon for a namespace.
    if (/[.:]/.test(key)) report(below, 'bad-key');
    collect(inner, below, texts, report);
  }
};

/** The one way to write a tree: sorted keys, two spaces, a line feed at the end. `JSON.stringify` moves number-like keys. */
export const canonicalJson = (tree: unknown): string => `${canonicalValue(tree, '')}\n`;

const canonicalValue = (value: unknown, indent: string): string => {
  if (!isObject(value) || Object.keys(value).length === 0) return JSON.stringify(value);
  const deeper = `${indent}  `;
  const members = Object.keys(value)
    .sort()
    .map((key) => `${deeper}${JSON.stringify(key)}: ${canonicalValue(value[key], deeper)}`);
  return `{\n${members.join(',\n')}\n${indent}}`;
};

/** Order, indentation and repeated keys show as the first line that differs. */
const checkForm = (text: string, tree: unknown, report: Report): void => {
  const wanted = canonicalJson(tree);
  if (text === wanted) return;
  const lines = text.split('\n');
  const at = wanted.split('\n').findIndex((line, n) => line !== lines[n]);
  report('', 'not-canonical', { line: (at < 0 ? wanted.split('\n').length : at) + 1 });
};

/** `start.migrated_few` → `start.migrated`, where it is one of a set of plural forms; otherwise nothing. */
const pluralBase = (key: string): string | undefined => PLURAL_SUFFIX.exec(key)?.[1];

const isCount = (placeholder: string): boolean => /^\{\{count\b/.test(placeholder);

const checkPlurals = (language: Language, texts: Texts, report: Report): void => {
  const sets = new Map<string, string[]>();
  for (const key of texts.keys()) {
    const base = pluralBase(key);
    if (base !== undefined) sets.set(base, [...(sets.get(base) ?? []), key]);
  }
  for (const [base, keys] of sets) {
    const all = new Set(keys.flatMap((key) => [...placeholdersOf(texts.get(key)!)]));
    if (![...all].some(isCount)) {
      for (const key of keys) report(key, 'plural-by-accident');
      continue;
    }
    for (const key of keys) {
      // One and two may be said in words; everything else is said in every form.
      const missing = [...all].filter((it) => !isCount(it) && !placeholdersOf(texts.get(key)!).has(it));
      if (missing.length > 0) report(key, 'placeholders', { missing: missing.join(' ') });
    }
    const forms = keys.map((key) => PLURAL_SUFFIX.exec(key)![2]!);
    const wanted = PLURAL_FORMS[language];
    const complete = forms.length === wanted.length && wanted.every((form) => forms.includes(form));
    if (!complete || texts.has(base))
      report(base, 'plural-set', { wanted: wanted.map((form) => `_${form}`).join(' ') });
  }
};

/** Cases of one noun, such as a resource's name: each language takes the one that its sentence needs. */
const CASES = /^\{\{(one|genitive|accusative)\}\}$/;
const PLURAL_CASES = /^\{\{(many|genitiveMany)\}\}$/;

const withoutCase = (placeholder: string): string =>
  placeholder.replace(CASES, '{{one}}').replace(PLURAL_CASES, '{{many}}');

/** Placeholders by key, the forms of a plural taken together: languages have different numbers of them. */
const placeholdersByKey = (texts: Texts): Map<string, Set<string>> => {
  const found = new Map<string, Set<string>>();
  for (const [key, text] of texts) {
    const base = pluralBase(key) ?? key;
    found.set(base, new Set([...(found.get(base) ?? []), ...[...placeholdersOf(text)].map(withoutCase)]));
  }
  return found;
};

const comparePair = (file: string, pair: ReadonlyMap<Language, Texts | undefined>): LocaleFault[] => {
  const [zh, ru] = [pair.get('zh'), pair.get('ru')];
  if (!zh || !ru) return [];
  const keys = { zh: placeholdersByKey(zh), ru: placeholdersByKey(ru) };
  const faults: LocaleFault[] = [];
  for (const language of LANGUAGES) {
    const own = keys[language];
    for (const [key, wanted] of keys[otherLanguage(language)]) {
      const placeholders = own.get(key);
      const missing = [...wanted].filter((placeholder) => !placeholders?.has(placeholder));
      if (!placeholders) faults.push({ language, file, key, code: 'missing-key' });
      else if (missing.length > 0) {
        faults.push({ language, file, key, code: 'placeholders', values: { missing: missing.join(' ') } });
      }
    }
  }
  return faults;
};
