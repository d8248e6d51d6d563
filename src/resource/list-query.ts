import { isId } from '../kernel/ids.js';
import { isLanguage, type Language } from '../kernel/languages.js';
import { type FieldError, problem } from '../kernel/problems.js';
import { codePoints, textFault } from '../kernel/text.js';
import { parseFilter } from './filters.js';
import type { WordSearch } from './search/word-search.js';
import type { ResourceSpec } from './spec.js';

/** A list request after its parameters were read and found good. */
export type ListQuery = {
  limit: number;
  cursor?: string;
  count: boolean;
  sort: { name: string; language?: Language; descending: boolean };
  filters: [name: string, values: string[]][];
  ids?: string[];
  missing?: Language;
  q?: string;
  /** What `q` is for, made ready for the asker; without it, its words alone. */
  words?: WordSearch;
};

export const DEFAULT_LIMIT = 20;
export const HIGHEST_LIMIT = 100;
export const LONGEST_SEARCH = 200;
export const MOST_IDS = 100;

/** Parameters that every list takes besides the filters of its resource. */
export const LIST_PARAMETERS = ['limit', 'cursor', 'count', 'sort', 'ids', 'missing', 'q'] as const;

/** Parameters that say in which language to answer; read by the negotiation, known to every route. */
export const LANGUAGE_PARAMETERS = ['lang', 'fallback'] as const;

const bad = (parameter: string, code: FieldError['code'] = 'invalid-value'): FieldError => ({ parameter, code });

/** A page size as it was sent, if it is one. */
const parseLimit = (raw: string): number | undefined => {
  const limit = /^\d{1,3}$/.test(raw) ? Number(raw) : 0;
  return limit >= 1 && limit <= HIGHEST_LIMIT ? limit : undefined;
};

const parseFlag = (raw: string): boolean | undefined => (raw === 'true' ? true : raw === 'false' ? false : undefined);

/** `-name.zh` → descending, by the Chinese name. */
const parseSort = (spec: ResourceSpec, raw: string): ListQuery['sort'] | undefined => {
  const match = /^(-?)([A-Za-z]{1,40})(?:\.(zh|ru))?$/.exec(raw);
  const [, minus, name = '', language] = match ?? [];
  const sort = Object.hasOwn(spec.sorts, name) ? spec.sorts[name] : undefined;
  if (!sort || (language && sort.kind !== 'localized')) return undefined;
  return { name, descending: minus === '-', ...(isLanguage(language) && { language }) };
};

const parseIds = (raw: string): string[] | undefined => {
  const ids = raw.split(',');
  return ids.length <= MOST_IDS && ids.every(isId) ? [...new Set(ids)].sort() : undefined;
};

/** What was typed to be searched, if it can be: normalized, without the spaces around it. */
export const parseSearch = (raw: string): string | undefined => {
  const text = raw.normalize('NFC').trim();
  if (text === '' || codePoints(raw) > LONGEST_SEARCH) return undefined;
  return textFault(text, { max: LONGEST_SEARCH }) ? undefined : text;
};

/**
 * The parameters of lists that are no resource's.
 * @throws `request.invalid-parameter` for a limit that is none
 */
export const parsePage = (parameters: ReadonlyMap<string, string>): { limit: number; cursor: string | undefined } => {
  const raw = parameters.get('limit');
  const limit = raw === undefined ? DEFAULT_LIMIT : parseLimit(raw);
  if (limit === undefined) throw problem('request.invalid-parameter', { errors: [bad('limit')] });
  return { limit, cursor: parameters.get('cursor') };
};

/**
 * Reads the parameters of a list from the resource's allow-list.
 * @param parameters names and values as sent, already free of repetitions
 * @throws `request.invalid-parameter` naming every parameter at fault
 */
export const parseListQuery = (spec: ResourceSpec, parameters: ReadonlyMap<string, string>): ListQuery => {
  const errors: FieldError[] = [];
  const query: ListQuery = {
    limit: DEFAULT_LIMIT,
    count: false,
    sort: parseSort(spec, spec.defaultSort)!,
    filters: [],
  };
  const take = <Value>(name: string, value: Value | undefined, set: (value: Value) => void) =>
    value === undefined ? errors.push(bad(name)) : set(value);
  for (const [name, raw] of parameters) {
    if ((LANGUAGE_PARAMETERS as readonly string[]).includes(name)) continue;
    if (name === 'limit') take(name, parseLimit(raw), (limit) => (query.limit = limit));
    else if (name === 'cursor') query.cursor = raw;
    else if (name === 'count') take(name, parseFlag(raw), (count) => (query.count = count));
    else if (name === 'sort') take(name, parseSort(spec, raw), (sort) => (query.sort = sort));
    else if (name === 'ids') take(name, parseIds(raw), (ids) => (query.ids = ids));
    else if (name === 'missing')
      take(name, isLanguage(raw) ? raw : undefined, (language) => (query.missing = language));
    else if (name === 'q') take(name, parseSearch(raw), (text) => (query.q = text));
    else if (Object.hasOwn(spec.filters, name)) {
      take(name, parseFilter(spec.filters[name]!, raw), (values) => query.filters.push([name, values]));
    } else errors.push(bad(name, 'unknown-parameter'));
  }
  if (errors.length > 0) throw problem('request.invalid-parameter', { errors });
  query.filters.sort(([a], [b]) => (a < b ? -1 : 1));
  return query;
};

/** Canonical text of what a page depends on; a cursor is bound to it. */
export const queryIdentity = (spec: ResourceSpec, query: ListQuery, scopeKey: string): string => {
  const { limit: _limit, cursor: _cursor, count: _count, words: _words, ...bound } = query;
  return JSON.stringify([spec.name, scopeKey, bound]);
};
