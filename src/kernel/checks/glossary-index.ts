import { groupedBy } from './grouping.js';
import { type Phrase, phraseOf } from './russian-words.js';

/** A term of the two offices' glossary: what it is called in each language, and what it must not be called. */
export type Term = {
  zh: string;
  ru: string;
  /** `place.cn`, `zone`, … */
  domain: string;
  /** Grade of the source: `A` for official texts of both sides, then B, P, E; empty for a draft of the project. */
  grade: string;
  /** A name: its misspellings are wrong wherever they stand. */
  proper: boolean;
  /** `required`: the other text has to say it; `advised`: only forbidden and deprecated forms are reported. */
  use: 'required' | 'advised';
  zhVariants: readonly string[];
  /** Forms that meet the Russian term, but say too little to ask for it: 招商 for 招商引资. */
  zhForms: readonly string[];
  /** Longer words in which the term is none: 商务部门. */
  zhExcept: readonly string[];
  zhDeprecated: readonly string[];
  zhForbidden: readonly string[];
  ruVariants: readonly string[];
  ruDeprecated: readonly string[];
  ruForbidden: readonly string[];
  /** Inflected and derived forms that the stems do not reach. */
  ruForms: readonly string[];
};

/** A term made ready for comparison. */
export type Entry = { term: Term; zhForms: readonly string[]; accepted: readonly Phrase[] };

/** A form that is not to be used; where `unless` stands in the Chinese text it is in its place. */
export type BadForm = {
  form: string;
  phrase: Phrase;
  unless: string | undefined;
  entry: Entry;
  kind: 'forbidden' | 'deprecated';
};

export type Glossary = {
  /** Chinese forms by their first character, the longest first; a form without an entry covers what is no term. */
  zh: ReadonlyMap<string, readonly { form: string; entry: Entry | undefined }[]>;
  /** Russian phrases by the stem of their first word, the longest first. */
  ru: ReadonlyMap<string, readonly { phrase: Phrase; entry: Entry }[]>;
  badZh: readonly BadForm[];
  badRu: ReadonlyMap<string, readonly BadForm[]>;
  /** Russian abbreviations, which a Latin keyboard may imitate. */
  abbreviations: ReadonlySet<string>;
};

/** Words before a place name that the other text may leave out. */
const PLACE_KIND = /^(?:город|провинция|уезд|район|остров|село|посёлок|река|округ|автономный район) /;
const ASIDE = / ?[（(][^（）()]*[)）]/g;

const bare = (text: string): string => text.replace(ASIDE, '').trim();

const isPlace = ({ domain }: Term): boolean => domain.startsWith('place');

const entryOf = (term: Term): Entry => {
  const name = bare(term.ru);
  const ru = [name, isPlace(term) ? name.replace(PLACE_KIND, '') : name, ...term.ruVariants, ...term.ruForms];
  return {
    term,
    zhForms: [...new Set([term.zh, ...term.zhVariants])],
    accepted: [...new Set([...ru, ...term.ruDeprecated])].map((form) => phraseOf(form, isPlace(term))),
  };
};

const grouped = <Item>(items: readonly Item[], key: (item: Item) => string, length: (item: Item) => number) =>
  groupedBy(
    [...items].sort((a, b) => length(b) - length(a)),
    key,
  );

const UNLESS = /^(.*?) \(unless (.*)\)$/;

const badForms = (
  entries: readonly Entry[],
  select: (term: Term) => readonly string[],
  kind: BadForm['kind'],
): BadForm[] =>
  entries.flatMap((entry) =>
    select(entry.term).map((text): BadForm => {
      const [, form = text, unless] = UNLESS.exec(text) ?? [];
      return { form, phrase: phraseOf(form), unless, entry, kind };
    }),
  );

const ABBREVIATION = /^\p{Lu}{2,6}$/u;

/** Makes terms ready for the checks; done once, used for every pair. */
export const compileGlossary = (terms: readonly Term[]): Glossary => {
  const entries = terms.map(entryOf);
  const zh = entries.flatMap((entry) => [
    ...entry.zhForms.map((form) => ({ form, entry })),
    ...entry.term.zhExcept.map((form) => ({ form, entry: undefined })),
  ]);
  const ru = entries.flatMap((entry) => entry.accepted.map((phrase) => ({ phrase, entry })));
  const badRu = [
    ...badForms(entries, (term) => term.ruForbidden, 'forbidden'),
    ...badForms(entries, (term) => term.ruDeprecated, 'deprecated'),
  ];
  return {
    zh: grouped(
      zh,
      ({ form }) => form[0] ?? '',
      ({ form }) => form.length,
    ),
    ru: grouped(
      ru,
      ({ phrase }) => phrase.words[0]?.stem ?? '',
      ({ phrase }) => phrase.words.length,
    ),
    badZh: [
      ...badForms(entries, (term) => term.zhForbidden, 'forbidden'),
      ...badForms(entries, (term) => term.zhDeprecated, 'deprecated'),
    ],
    badRu: grouped(
      badRu,
      ({ phrase }) => phrase.words[0]?.stem ?? '',
      ({ phrase }) => phrase.words.length,
    ),
    abbreviations: new Set(
      ru.flatMap(({ phrase }) => phrase.words.map(({ raw }) => raw)).filter((word) => ABBREVIATION.test(word)),
    ),
  };
};
