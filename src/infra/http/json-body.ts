import type { IncomingMessage } from 'node:http';
import type { FileBody } from '../../kernel/exchange.js';
import { type FieldError, invalid, pointerTo, problem } from '../../kernel/problems.js';
import { forbiddenCodePoints } from '../../kernel/text.js';
import { digestOf } from './retry.js';
import type { FileDeclaration } from './route.js';

/** Deepest nesting that a body may have; records need five levels. */
const DEEPEST = 20;
/** Longest list; no field takes more, and each element that is looked at costs time. */
const LONGEST_LIST = 200;
/** Most members of all objects and lists together. */
const MOST_MEMBERS = 10_000;

/** Names that every object answers to, so that later code could take them for members that are there. */
const isForbiddenName = (name: string): boolean => name in Object.prototype || name === 'prototype';

type Fault = Pick<FieldError, 'code' | 'values'>;

/** A body too deep or too full to be parsed: brackets and commas outside strings are counted first (hardening C39). */
const shapeFault = (text: string): Fault | undefined => {
  let depth = 0;
  let members = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charCodeAt(at);
    if (inString) {
      if (character === 0x5c) at += 1;
      else if (character === 0x22) inString = false;
    } else if (character === 0x22) inString = true;
    else if (character === 0x7b || character === 0x5b) depth += 1;
    else if (character === 0x7d || character === 0x5d) depth -= 1;
    else if (character === 0x2c) members += 1;
    if (depth > DEEPEST) return { code: 'too-deep', values: { max: DEEPEST } };
    if (members > MOST_MEMBERS) return { code: 'too-many', values: { max: MOST_MEMBERS } };
  }
  return undefined;
};

const LONE_SURROGATE = /[\uD800-\uDFFF]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000B-\u001F]/;
/** Longer than any script needs (UAX #15, stream-safe text): to normalize it takes time that grows with its square. */
const MARKS_WITHOUT_END = /\p{M}{31}/u;

/** Longest way to write a number that is read exactly. */
const LONGEST_NUMBER = 40;
const NUMBER = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** A number in one form, whatever way it was written: 1.50e3 → 15e2. */
const canonicalNumber = (text: string): string => {
  const [, whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
};

/** A number whose text does not survive the way through a double, such as 9007199254740993, 1e400 or 1e-400. */
const isInexact = (value: number, source: string): boolean => {
  if (!Number.isFinite(value) || Object.is(value, -0) || source.length > LONGEST_NUMBER) return true;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return true;
  return canonicalNumber(source) !== canonicalNumber(String(value));
};

type Context = { source?: string };

const textFault = (text: string): Fault | undefined => {
  if (LONE_SURROGATE.test(text) || CONTROL.test(text))
    return { code: 'forbidden-characters', values: { codePoints: forbiddenCodePoints(text).join(', ') } };
  return MARKS_WITHOUT_END.test(text) ? { code: 'too-many-marks' } : undefined;
};

const faultOf = (name: string, value: unknown, context: Context): Fault | undefined => {
  if (isForbiddenName(name)) return { code: 'unknown-property' };
  if (typeof value === 'string') return textFault(value);
  if (typeof value === 'number' && isInexact(value, context.source ?? String(value)))
    return { code: 'number-not-exact' };
  if (Array.isArray(value) && value.length > LONGEST_LIST) return { code: 'too-many', values: { max: LONGEST_LIST } };
  return undefined;
};

/** Faults by the object or list they stand in, and the name or place in it. */
type Faults = Map<object, Map<string, Fault>>;

/** Parses and finds faults on the way; the reviver sees members before their parents, so pointers are made after. */
const parseChecked = (text: string): unknown => {
  const faults: Faults = new Map();
  const parsed = JSON.parse(text, function (this: object, name: string, value: unknown, context?: Context) {
    const fault = faultOf(name, value, context ?? {});
    if (fault) faults.set(this, (faults.get(this) ?? new Map()).set(name, fault));
    return value;
  } as (this: unknown, name: string, value: unknown) => unknown);
  if (faults.size > 0) throw invalid(locate(parsed, faults));
  return parsed;
};

const locate = (root: unknown, faults: Faults): FieldError[] => {
  const errors: FieldError[] = [];
  const walk = (value: unknown, pointer: string) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, fault] of faults.get(value) ?? []) errors.push({ pointer: pointerTo(pointer, name), ...fault });
    for (const [name, inner] of Object.entries(value)) walk(inner, pointerTo(pointer, name));
  };
  walk(root, '');
  // A fault of the whole body has no parent left to be found under.
  return errors.length > 0 ? errors : [{ pointer: '', code: 'invalid-value' }];
};

const CHARSET = /^ *charset="?([^"]*)"? *$/;

/** Media type and character encoding of a body, which comes as it is and not packed. */
const declaredType = (request: IncomingMessage, accepted: readonly string[]): { type: string; charset?: string } => {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw problem('request.unsupported-encoding');
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  const charset = parameters.map((parameter) => CHARSET.exec(parameter)?.[1]).find((name) => name !== undefined);
  if (!accepted.includes(type.trim())) throw problem('request.unsupported-media-type');
  return { type: type.trim(), ...(charset !== undefined && { charset }) };
};

const mustBeJson = (request: IncomingMessage): void => {
  const { charset = 'utf-8' } = declaredType(request, JSON_TYPES);
  if (charset !== 'utf-8') throw problem('request.unsupported-media-type');
};

const hasBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

/** Not `for await`: leaving that loop would close the connection before the answer is sent. */
const readAll = (request: IncomingMessage, limit: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const tooLarge = () => problem('request.too-large', { values: { limit } });
    if (Number(request.headers['content-length'] ?? 0) > limit) return reject(tooLarge());
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else reject(tooLarge());
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', (cause) => reject(problem('request.timeout', { cause })));
    request.once('close', () => reject(problem('request.timeout')));
  });

const JSON_TYPES = ['application/json', 'application/merge-patch+json'] as const;

/** A body as it was sent, and what it says. */
export type JsonBody = {
  value: unknown;
  /** SHA-256 of the bytes, in hexadecimal. */
  digest: string;
};

/**
 * Reads a JSON body strictly: media type, size, UTF-8, depth, number and character faults are told apart.
 * Of two members with the same name the last one counts, as in RFC 8259's common reading.
 * @param limit most bytes
 * @returns `undefined` when the request has no body
 * @throws `request.unsupported-media-type`, `request.unsupported-encoding`, `request.too-large`,
 *   `request.malformed`, `request.invalid`
 */
export const readJsonBody = async (request: IncomingMessage, limit: number): Promise<JsonBody | undefined> => {
  if (!hasBody(request)) return undefined;
  mustBeJson(request);
  const bytes = await readAll(request, limit);
  if (bytes.length === 0) return undefined;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw problem('request.malformed');
  }
  const unfit = shapeFault(text);
  if (unfit) throw invalid([{ pointer: '', ...unfit }]);
  try {
    return { value: parseChecked(text), digest: digestOf(bytes) };
  } catch (error) {
    throw error instanceof SyntaxError ? problem('request.malformed') : error;
  }
};

/**
 * Reads a file that a route takes, without looking into it.
 * @returns `undefined` when the request has no body
 * @throws `request.unsupported-media-type`, `request.unsupported-encoding`, `request.too-large`
 */
export const readFileBody = async (
  request: IncomingMessage,
  { files, limit }: FileDeclaration,
): Promise<FileBody | undefined> => {
  if (!hasBody(request)) return undefined;
  const declared = declaredType(request, files);
  const bytes = await readAll(request, limit);
  return bytes.length > 0 ? { ...declared, bytes } : undefined;
};
