/**
 * The two languages of the portal and the choice between them. Neither is a default:
 * a request that says nothing gets both (docs/decisions.md, "No default language").
 */
export const LANGUAGES = ['zh', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a request is answered in: one language, or both side by side. */
export type LanguageChoice = Language | 'all';

/** A natural-language text: the same shape in requests and in answers. */
export type LanguageMap = Partial<Record<Language, string>>;

export const otherLanguage = (language: Language): Language => (language === 'zh' ? 'ru' : 'zh');

export const isLanguage = (value: unknown): value is Language => value === 'zh' || value === 'ru';

/** BCP 47 tag put into `Content-Language` (Chinese texts are written in simplified characters). */
export const CONTENT_LANGUAGE: Record<Language, string> = { zh: 'zh-Hans', ru: 'ru' };

/** Value of `Content-Language` for the languages that an answer really holds. */
export const contentLanguage = (served: Iterable<Language>): string => {
  const present = new Set(served);
  return LANGUAGES.filter((language) => present.has(language))
    .map((language) => CONTENT_LANGUAGE[language])
    .join(', ');
};

/** How well a language range fits: `weak` is used only where no other range fits (zh-TW, zh-Hant). */
type Fit = { language: Language; weak: boolean };

const TRADITIONAL = new Set(['hant', 'tw', 'hk', 'mo']);

/** RFC 4647 lookup by script: `zh-Hans-SG`, `zh_CN` and `cmn` are Chinese, `zh-TW` only as a last resort. */
const fitOf = (range: string): Fit | undefined => {
  const [primary, ...subtags] = range.toLowerCase().replaceAll('_', '-').split('-');
  if (primary === 'ru' || primary === 'rus') return { language: 'ru', weak: false };
  if (primary !== 'zh' && primary !== 'cmn' && primary !== 'zho') return undefined;
  const simplified = subtags.includes('hans');
  return { language: 'zh', weak: !simplified && subtags.some((subtag) => TRADITIONAL.has(subtag)) };
};

/** Longest `Accept-Language` that is read; a longer one states no preference (hardening C54). */
const LONGEST_HEADER = 1_000;
const WEIGHT = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

const parseRange = (part: string): { range: string; weight: number } | undefined => {
  const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim());
  if (range === '' || range === '*') return undefined;
  const stated = parameters.find((parameter) => /^q=/i.test(parameter));
  if (stated === undefined) return { range, weight: 1 };
  const match = WEIGHT.exec(stated);
  return match ? { range, weight: Number(match[1]) } : undefined;
};

/**
 * The language an `Accept-Language` header asks for (RFC 9110, RFC 4647 lookup).
 * `*`, an unknown language, an unreadable weight and an oversized header are no preference;
 * `q=0` excludes a language, which leaves the other one.
 * @returns the language, or `undefined` when the header states no preference
 */
export const preferredLanguage = (header: string | undefined): Language | undefined => {
  if (header === undefined || header.length > LONGEST_HEADER) return undefined;
  const strong = new Map<Language, number>();
  const weak = new Map<Language, number>();
  const excluded = new Set<Language>();
  for (const part of header.split(',')) {
    const parsed = parseRange(part);
    const fit = parsed && fitOf(parsed.range);
    if (!parsed || !fit) continue;
    if (parsed.weight === 0) {
      if (!fit.weak) excluded.add(fit.language);
      continue;
    }
    const table = fit.weak ? weak : strong;
    if ((table.get(fit.language) ?? 0) < parsed.weight) table.set(fit.language, parsed.weight);
  }
  return (
    best(strong, excluded) ??
    best(weak, excluded) ??
    (excluded.size === 1 ? otherLanguage([...excluded][0]!) : undefined)
  );
};

const best = (weights: Map<Language, number>, excluded: Set<Language>): Language | undefined => {
  const ranked = [...weights].filter(([language]) => !excluded.has(language)).sort((a, b) => b[1] - a[1]);
  if (ranked.length > 1 && ranked[0]![1] === ranked[1]![1]) return ranked[0]![0];
  return ranked[0]?.[0];
};
