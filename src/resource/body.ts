import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { AUDIENCES, type Audience } from '../kernel/access.js';
import { FIELD_ERRORS, type FieldError, type FieldErrorCode, invalid, pointerTo } from '../kernel/problems.js';
import { forbiddenCodePoints, normalizeText } from '../kernel/text.js';
import { fieldsOf, type Shape } from './field.js';
import { isWritable } from './fields.js';
import type { ResourceSpec } from './spec.js';

/** A request body or a record in the form requests have: only fields that a request may set. */
export type Body = Record<string, unknown>;

/** Names of the fields that a request may set. */
export const writableFields = (spec: ResourceSpec): string[] =>
  fieldsOf(spec.entity)
    .filter(isWritable)
    .map((field) => field.name);

/** Whether a value is an object with members, and no list. */
export const isObject = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The faults of one member, the gravest first: a missing member is not also of the wrong type. */
const errorOf = (error: ValidationError, pointer: string): FieldError | undefined => {
  const codes = Object.keys(error.constraints ?? {});
  const code = FIELD_ERRORS.find((candidate) => codes.includes(candidate));
  if (code === 'forbidden-characters') {
    // A list of texts is at fault as a whole, so the characters of all its elements are named.
    const texts = [error.value].flat().filter((text) => typeof text === 'string');
    return { pointer, code, values: { codePoints: forbiddenCodePoints(texts.join('')).join(', ') } };
  }
  if (code) return { pointer, code, values: JSON.parse(error.constraints![code]!) as FieldError['values'] };
  if (codes.includes('whitelistValidation')) return { pointer, code: 'unknown-property' };
  return codes.length > 0 ? { pointer, code: 'wrong-type' } : undefined;
};

/** Flattens class-validator's tree into faults with RFC 6901 pointers. */
const fieldErrors = (errors: ValidationError[], parent = ''): FieldError[] =>
  errors.flatMap((error) => {
    const pointer = pointerTo(parent, error.property);
    const own = errorOf(error, pointer);
    return [...(own ? [own] : []), ...fieldErrors(error.children ?? [], pointer)];
  });

/** A value with every text in it in normal form. */
export const normalizeDeep = (value: unknown): unknown => {
  if (typeof value === 'string') return normalizeText(value);
  if (Array.isArray(value)) return value.map(normalizeDeep);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normalizeDeep(inner)]));
  return value;
};

/** Checks a value against the declared members of a class. */
export const validateShape = (shape: Shape, value: Body): FieldError[] => {
  const instance = plainToInstance(shape as unknown as new () => object, value);
  return fieldErrors(
    validateSync(instance, {
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      validationError: { value: true },
    }),
  );
};

const unknownMembers = (spec: ResourceSpec, body: Body): FieldError[] => {
  const allowed = new Set(writableFields(spec));
  return Object.keys(body)
    .filter((name) => !allowed.has(name))
    .map((name) => ({ pointer: pointerTo('', name), code: 'unknown-property' as FieldErrorCode }));
};

/** Fields that the portal sets itself stand in for the request while the whole record is validated. */
const STAND_INS: Body = {
  version: 1,
  state: 'draft',
  createdAt: '2000-01-01T00:00:00Z',
  updatedAt: '2000-01-01T00:00:00Z',
};

/**
 * A whole record from a request, checked and in normal form, with the initial values of what it leaves out.
 * @throws `request.invalid` naming every faulty member
 */
export const validateBody = (spec: ResourceSpec, body: Body): Body => {
  const unknown = unknownMembers(spec, body);
  if (unknown.length > 0) throw invalid(unknown);
  const { widestAudience } = spec;
  const complete = completed(spec.entity, normalizeDeep(body) as Body);
  if (widestAudience && (body.audience === undefined || body.audience === null)) complete.audience = widestAudience;
  const faults = validateShape(spec.entity, { ...STAND_INS, ...complete });
  if (faults.length > 0) throw invalid(faults);
  if (widestAudience && isWider(complete.audience, widestAudience))
    throw invalid([{ pointer: '/audience', code: 'invalid-value' }]);
  const broken = (spec.rules ?? []).map((rule) => rule(complete)).filter((fault) => fault !== undefined);
  if (broken.length > 0) throw invalid(broken.map(({ field, code }) => ({ pointer: `/${field}`, code })));
  return complete;
};

/** Whether more people belong to an audience than to another one. */
const isWider = (audience: unknown, than: Audience): boolean =>
  AUDIENCES.indexOf(audience as Audience) < AUDIENCES.indexOf(than);

/**
 * A body without its absent members and with the initial values of what it leaves out, nested objects included.
 * Members of the wrong type are left as they are: validation names them.
 */
const completed = (shape: Shape, body: Body): Body => {
  const result: Body = {};
  for (const field of fieldsOf(shape)) {
    if (field.options.initially !== undefined && isWritable(field)) result[field.name] = field.options.initially;
  }
  const nested = new Map(fieldsOf(shape).map((field) => [field.name, field.options.shape]));
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined || value === null) continue;
    const inner = nested.get(name);
    const complete = (item: unknown) => (inner && isObject(item) ? completed(inner(), item) : item);
    result[name] = Array.isArray(value) ? value.map(complete) : complete(value);
  }
  return result;
};

/**
 * JSON merge patch (RFC 7396): `null` clears, an absent member keeps, objects are merged, lists are replaced.
 * Sizes and sums are one statement each and are replaced as a whole, since half of one says something false.
 */
export const mergePatch = (target: Body, patch: Body, whole: ReadonlySet<string> = new Set()): Body => {
  const result = new Map(Object.entries(target));
  for (const [name, value] of Object.entries(patch)) {
    const before = result.get(name);
    if (value === null) result.delete(name);
    else if (isObject(value)) result.set(name, mergePatch(isObject(before) && !whole.has(name) ? before : {}, value));
    else result.set(name, value);
  }
  return Object.fromEntries(result);
};

/** Fields that a merge patch replaces as a whole. */
export const wholeFields = (spec: ResourceSpec): ReadonlySet<string> =>
  new Set(
    fieldsOf(spec.entity)
      .filter((field) => ['money', 'quantity', 'reference', 'item'].includes(field.kind))
      .map((field) => field.name),
  );
