import { canonicalJson } from '../../kernel/canonical-json.js';
import type { Term as CheckedTerm } from '../../kernel/checks/glossary-index.js';
import type { Body } from '../../resource/body.js';

/** Texts of a term in both languages, one or several. */
type Named<Value> = { zh?: Value; ru?: Value };

/** Members of a term that are lists in each language. */
export const LIST_FIELDS = ['variants', 'forms', 'exceptions', 'deprecated', 'forbidden'] as const;
export type ListField = (typeof LIST_FIELDS)[number];

/** What a term says, without what every record has: that which tables and TBX carry. Absent members say nothing. */
export type TermValues = {
  name: Named<string>;
  domain: string;
  grade: string;
  use: string;
  partOfSpeech?: string;
  validFrom?: string;
  validUntil?: string;
  attestation?: string;
  note?: string;
} & { [Name in ListField]?: Named<string[]> };

/** Members that a term is made of. */
export const TERM_MEMBERS = [
  ...['name', 'domain', 'grade', 'use', 'partOfSpeech', 'validFrom', 'validUntil', 'attestation', 'note'],
  ...LIST_FIELDS,
] as readonly (keyof TermValues)[];

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';

const plain = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const { zh, ru } = value as Named<string | string[]>;
  const present = Object.entries({ zh, ru }).filter(([, one]) => one != null && one.length > 0);
  return present.length > 0 ? Object.fromEntries(present) : undefined;
};

/** The values in a body of the resource: lists without members and empty texts are left out. */
export const valuesOf = (body: Body): TermValues =>
  Object.fromEntries(
    TERM_MEMBERS.map((name) => [name, plain(body[name])] as const).filter(([, value]) => !isEmpty(value)),
  ) as TermValues;

/** The members that two readings of a term say differently. */
export const changedMembers = (before: TermValues, after: TermValues): (keyof TermValues)[] => {
  const [was, is] = [valuesOf(before), valuesOf(after)];
  return TERM_MEMBERS.filter((name) => canonicalJson(was[name] ?? null) !== canonicalJson(is[name] ?? null));
};

/** The term as checks and searches use it; none where it is named in one language only. */
export const checkedTerm = (values: TermValues): CheckedTerm | undefined => {
  const { zh, ru } = values.name;
  if (!zh || !ru) return undefined;
  const list = (name: ListField, language: 'zh' | 'ru') => values[name]?.[language] ?? [];
  return {
    ...{ zh, ru, domain: values.domain },
    grade: values.grade === 'own' ? '' : values.grade,
    proper: values.partOfSpeech === 'proper-noun',
    use: values.use === 'advised' ? 'advised' : 'required',
    zhVariants: list('variants', 'zh'),
    zhForms: list('forms', 'zh'),
    zhExcept: list('exceptions', 'zh'),
    zhDeprecated: list('deprecated', 'zh'),
    zhForbidden: list('forbidden', 'zh'),
    ruVariants: list('variants', 'ru'),
    ruDeprecated: list('deprecated', 'ru'),
    ruForbidden: list('forbidden', 'ru'),
    ruForms: list('forms', 'ru'),
  };
};
