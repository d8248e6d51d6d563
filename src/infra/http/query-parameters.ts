import { type FieldError, problem } from '../../kernel/problems.js';

const LONGEST_QUERY = 7_000;

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw problem('request.malformed');
  }
};

/**
 * The query parameters of a URL, each at most once.
 * @param url request target with its query
 * @throws `request.malformed` for broken escapes, `request.repeated-parameter`
 */
export const queryParameters = (url: string): ReadonlyMap<string, string> => {
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
  if (query.length > LONGEST_QUERY) throw problem('request.malformed');
  const parameters = new Map<string, string>();
  const repeated: FieldError[] = [];
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    if (parameters.has(name)) repeated.push({ parameter: name, code: 'repeated-parameter' });
    parameters.set(name, decode(equals < 0 ? '' : pair.slice(equals + 1)));
  }
  if (repeated.length > 0) throw problem('request.repeated-parameter', { errors: repeated });
  return parameters;
};

/** @throws `request.unknown-parameter` for a parameter that is not on the route's list */
export const allowOnly = (parameters: ReadonlyMap<string, string>, allowed: readonly string[]): void => {
  const errors: FieldError[] = [...parameters.keys()]
    .filter((name) => !allowed.includes(name))
    .map((name) => ({ parameter: name, code: 'unknown-parameter' }));
  if (errors.length > 0) throw problem('request.unknown-parameter', { errors });
};
