import type { IncomingMessage } from 'node:http';
import { type FieldError, invalid, problem } from '../../kernel/problems.js';
import { forbiddenCodePoints } from '../../kernel/text.js';

/** Deepest nesting that a body may have; records need five levels. */
const DEEPEST = 20;
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/** Depth of the brackets outside strings, counted before anything is parsed (hardening C39). */
const isTooDeep = (text: string): boolean => {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (inString) {
      if (character === 0x5c) at += 1;
      else if (character === 0x22) inString = false;
    } else if (character === 0x22) inString = true;
    else if (character === 0x7b || character === 0x5b) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (character === 0x7d || character === 0x5d) depth -= 1;
  }
  return false;
};

const LONE_SURROGATE = /[\uD800-\uDFFF]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000B-\u001F]/;

/** A number whose text does not survive the way through a double, such as 9007199254740993 or 1e400. */
const isInexact = (value: number, source: string): boolean => {
  if (!Number.isFinite(value) || Object.is(value, -0)) return true;
  if (Number.isInteger(value)) return !Number.isSafeInteger(value);
  return source.replace(/[^0-9]/g, '').replace(/^0+/, '').length > 15;
};

type Context = { source?: string };

const leafFault = (value: unknown, context: Context): FieldError['code'] | undefined => {
  if (typeof value === 'number' && isInexact(value, context.source ?? String(value))) return 'number-not-exact';
  if (typeof value === 'string' && (LONE_SURROGATE.test(value) || CONTROL.test(value))) return 'forbidden-characters';
  return undefined;
};

/** Parses and finds faults on the way; the reviver sees members before their parents, so pointers are made after. */
const parseChecked = (text: string): unknown => {
  const faults = new Map<object, Map<string, FieldError['code']>>();
  const parsed = JSON.parse(text, function (this: object, key: string, value: unknown, context?: Context) {
    const code = leafFault(value, context ?? {}) ?? (FORBIDDEN_NAMES.has(key) ? 'unknown-property' : undefined);
    if (code) faults.set(this, (faults.get(this) ?? new Map()).set(key, code));
    return value;
  } as (this: unknown, key: string, value: unknown) => unknown);
  if (faults.size > 0) throw invalid(locate(parsed, faults));
  return parsed;
};

/** The characters at fault, for the message. */
const namedCharacters = (parent: object, key: string, code: FieldError['code']): Pick<FieldError, 'values'> => {
  const text = (parent as Record<string, unknown>)[key];
  if (code !== 'forbidden-characters' || typeof text !== 'string') return {};
  return { values: { codePoints: forbiddenCodePoints(text).join(', ') } };
};

const locate = (root: unknown, faults: Map<object, Map<string, FieldError['code']>>): FieldError[] => {
  const errors: FieldError[] = [];
  const walk = (value: unknown, pointer: string) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, code] of faults.get(value) ?? [])
      errors.push({ pointer: `${pointer}/${key.slice(0, 60)}`, code, ...namedCharacters(value, key, code) });
    for (const [key, inner] of Object.entries(value)) walk(inner, `${pointer}/${key.slice(0, 60)}`);
  };
  walk(root, '');
  // A fault at the very root has no parent left to be found under.
  return errors.length > 0 ? errors.slice(0, 50) : [{ pointer: '', code: 'invalid-value' }];
};

const refuseHeaders = (request: IncomingMessage, accepted: readonly string[]): void => {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw problem('request.unsupported-encoding');
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (!accepted.includes(type)) throw problem('request.unsupported-media-type');
};

const hasBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

const readAll = async (request: IncomingMessage, limit: number): Promise<Buffer> => {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw problem('request.too-large', { values: { limit } });
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw problem('request.too-large', { values: { limit } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

export const JSON_TYPES = ['application/json', 'application/merge-patch+json'] as const;

/**
 * Reads a JSON body strictly: media type, size, UTF-8, depth, number and character faults are told apart.
 * Of two members with the same name the last one counts, as in RFC 8259's common reading.
 * @param limit most bytes
 * @returns the parsed value, or `undefined` when the request has no body
 * @throws `request.unsupported-media-type`, `request.unsupported-encoding`, `request.too-large`,
 *   `request.malformed`, `request.invalid`
 */
export const readJsonBody = async (request: IncomingMessage, limit: number): Promise<unknown> => {
  if (!hasBody(request)) return undefined;
  refuseHeaders(request, JSON_TYPES);
  const bytes = await readAll(request, limit);
  if (bytes.length === 0) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw problem('request.malformed');
  }
  if (isTooDeep(text)) throw invalid([{ pointer: '', code: 'too-deep', values: { max: DEEPEST } }]);
  try {
    return parseChecked(text);
  } catch (error) {
    throw error instanceof SyntaxError ? problem('request.malformed') : error;
  }
};
