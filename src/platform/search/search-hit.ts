import { LANGUAGES, type Language, type LanguageChoice, type LanguageMap } from '../../kernel/languages.js';
import { type ExcerptPart, excerptOf, type Mark, matchText, similarMarks } from '../../kernel/search/marks.js';
import type { Alternative, SearchPart } from '../../kernel/search/search-words.js';
import { resourceOf } from '../../resource/spec.js';
import type { FieldText, FoundTexts } from './found-texts.js';

/** Why a record was found: by what was typed, by a pair of the glossary, or by a name that is spelt alike. */
type Reason = 'typed' | 'glossary' | 'similar';

/** A text with what of the search stands in it. */
type Fit = FieldText & {
  lang: Language;
  marks: readonly Mark[];
  said: readonly (Alternative | undefined)[];
  weight: number;
};

const HAN = /\p{Script=Han}/u;

/** A number belongs to the language that it is written in. */
const languageOf = ({ lang, text }: FieldText): Language => lang ?? (HAN.test(text) ? 'zh' : 'ru');

/** How well a text fits: by how much of the search it holds, then names before other texts. */
const fitOf =
  (parts: readonly SearchPart[]) =>
  (text: FieldText): Fit => {
    const { marks, said } = matchText(text.text, parts);
    const held = said.filter((one) => one !== undefined).length;
    const typed = said.filter((one) => one !== undefined && !one.term).length;
    return {
      ...text,
      lang: languageOf(text),
      marks,
      said,
      weight: held * 100 + (held > 0 && text.naming ? 10 : 0) + Math.min(typed, 9),
    };
  };

const similarFit =
  (q: string) =>
  (text: FieldText): Fit => {
    const { likeness, marks } = similarMarks(text.text, q);
    return { ...text, lang: languageOf(text), marks, said: [], weight: text.naming ? likeness : 0 };
  };

const bestOf = (fits: readonly Fit[]): Fit | undefined =>
  fits.reduce<Fit | undefined>((best, fit) => (fit.weight > (best?.weight ?? 0) ? fit : best), undefined);

/** The pair of the glossary without which a part of the search would not stand in any of the texts. */
const termOf = (parts: readonly SearchPart[], fits: readonly Fit[]): Required<LanguageMap> | undefined => {
  for (const [n] of parts.entries()) {
    const ways = fits.flatMap(({ said }) => said[n] ?? []);
    if (ways.length > 0 && ways.every(({ term }) => term !== undefined)) return ways[0]!.term;
  }
  return undefined;
};

/** The excerpt of each language that was asked for, of another one where only that one fits. */
const excerpts = (
  fits: readonly Fit[],
  choice: LanguageChoice,
  fallback: boolean,
): Partial<Record<Language, ExcerptPart[]>> => {
  const fitting = LANGUAGES.flatMap((language) => bestOf(fits.filter(({ lang }) => lang === language)) ?? []);
  const asked = fitting.filter(({ lang }) => choice === 'all' || lang === choice);
  const shown = asked.length > 0 || !fallback ? asked : fitting;
  return Object.fromEntries(shown.map(({ lang, text, marks }) => [lang, excerptOf(text, marks)]));
};

/** A record as the search answers it, and its texts that speak of what was looked for. */
export type HitAsk = {
  q: string;
  parts: readonly SearchPart[];
  similar: boolean;
  choice: LanguageChoice;
  fallback: boolean;
  /** Path below which the API lives. */
  base: string;
  /** Names of records that the search names, by their id. */
  names: ReadonlyMap<string, FoundTexts>;
};

/** Texts of the record itself; where none fits, the names of the records through which it was found. */
const fitsOf = (found: FoundTexts, ask: HitAsk): Fit[] => {
  const measure = ask.similar ? similarFit(ask.q) : fitOf(ask.parts);
  const own = found.texts.map(measure);
  const referred = found.through.flatMap(([field, id]) =>
    (ask.names.get(id)?.texts ?? [])
      .filter(({ naming }) => naming)
      .map((text) => ({ ...measure({ ...text, naming: false }), field })),
  );
  return [...own, ...referred].filter(({ weight }) => weight > 0);
};

/** What a record is shown by where none of its texts is seen to fit, as with the stem of an unusual word. */
const firstText = ({ texts }: FoundTexts): Fit[] =>
  texts.slice(0, 1).map((text) => ({ ...text, lang: languageOf(text), marks: [], said: [], weight: 1 }));

/** The JSON of a hit. */
export const hitOf = (found: FoundTexts, ask: HitAsk): string => {
  const { path, main } = resourceOf(found.resource);
  const fitting = fitsOf(found, ask);
  const fits = fitting.length > 0 ? fitting : firstText(found);
  const best = bestOf(fits);
  const term = ask.similar ? undefined : termOf(ask.parts, fits);
  const reason: Reason = ask.similar ? 'similar' : term ? 'glossary' : 'typed';
  return JSON.stringify({
    resource: found.resource,
    id: found.id,
    name: main === 'name' ? found.title : null,
    title: main === 'name' ? null : found.title,
    excerpt: excerpts(fits, ask.choice, ask.fallback),
    matched: {
      lang: best?.lang ?? LANGUAGES[0],
      languages: LANGUAGES.filter((language) => fits.some(({ lang }) => lang === language)),
      field: best?.field ?? '',
      reason,
      term: term ?? null,
    },
    link: `${ask.base}/${path}/${found.id}`,
  });
};
