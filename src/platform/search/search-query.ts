import type { Ask } from '../../kernel/exchange.js';
import { type FieldError, problem } from '../../kernel/problems.js';
import { parsePage, parseSearch } from '../../resource/list-query.js';
import { type ResourceSpec, resources } from '../../resource/spec.js';

/** Query parameters of `GET /search` besides the language. */
export const SEARCH_PARAMETERS = ['q', 'resource', 'limit', 'cursor'] as const;

/** What is asked of the search. */
export type SearchQuery = { q: string; among: readonly ResourceSpec[]; limit: number; cursor: string | undefined };

const fault = (parameter: string, code: FieldError['code'] = 'invalid-value'): FieldError => ({ parameter, code });

/** The resources that are named, parted by commas; all of them where none is. */
const resourcesOf = (raw: string | undefined): ResourceSpec[] | undefined => {
  if (raw === undefined) return resources();
  const known = new Map(resources().map((spec) => [spec.name, spec]));
  const named = [...new Set(raw.split(','))].map((name) => known.get(name));
  return named.every((spec) => spec !== undefined) ? named : undefined;
};

/** @throws `request.invalid-parameter` naming every parameter at fault */
export const searchQuery = ({ parameters }: Ask): SearchQuery => {
  const raw = parameters.get('q');
  const q = raw === undefined ? undefined : parseSearch(raw);
  const among = resourcesOf(parameters.get('resource'));
  const errors = [
    ...(q === undefined ? [fault('q', raw === undefined ? 'required' : 'invalid-value')] : []),
    ...(among === undefined ? [fault('resource')] : []),
  ];
  if (q === undefined || among === undefined) throw problem('request.invalid-parameter', { errors });
  return { q, among, ...parsePage(parameters) };
};
