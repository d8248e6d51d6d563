import { Type } from 'class-transformer';
import { IsOptional, ValidateNested } from 'class-validator';
import { Column, type ColumnOptions } from 'typeorm';
import { Check } from './checks.js';
import { addField, type FieldKind, type FieldOptions, type Shape, snakeCase } from './field.js';
import { decorate } from './values.js';

/** What the field decorators of `fields.ts` are made of. */

/** What a member may say of its field. */
export type Options = Omit<FieldOptions, 'vocabulary' | 'target' | 'shape'>;

/** Registers the field and applies what every field has: presence rules first, then its own. */
export const declare =
  (kind: FieldKind, options: FieldOptions, ...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, name) => {
    addField(target.constructor, { name: String(name), kind, options });
    const presence = options.required
      ? Check('required', (value) => value !== undefined && value !== null)
      : IsOptional();
    decorate(target, name, [presence, ...decorators]);
  };

const column = (name: string, type: ColumnOptions['type'] & string, options: Options & ColumnOptions = {}) => ({
  type,
  name,
  // A field that has a value from the start is never null either.
  nullable: !options.required && options.initially === undefined,
});

/** Whether a value is an object with members. */
export const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A nested object of a value class, refused when it is anything but an object. */
export const nested = (shape: () => Shape): PropertyDecorator[] => [
  Check('wrong-type', (value) => value === undefined || value === null || isObject(value)),
  ValidateNested(),
  Type(() => shape() as unknown as new () => object),
];

/** A plain column named after the member. */
export const PlainColumn =
  (type: string, options: Options, more: ColumnOptions = {}): PropertyDecorator =>
  (target, name) =>
    Column({ ...column(snakeCase(String(name)), type as never, options), ...more } as ColumnOptions)(target, name);

const LARGEST_INTEGER = 2_147_483_647;

/** Whole numbers between two, by default not negative. */
export const integerChecks = (options: Options, each = false): PropertyDecorator[] => {
  const { min = 0, max = LARGEST_INTEGER } = options;
  const isNumber = (value: unknown): value is number => typeof value === 'number';
  return [
    Check('wrong-type', isNumber, { each }),
    Check('not-an-integer', (value) => !isNumber(value) || Number.isInteger(value), { each }),
    Check('too-small', (value) => !isNumber(value) || value >= min, { values: { min }, each }),
    Check('too-large', (value) => !isNumber(value) || value <= max, { values: { max }, each }),
  ];
};

/** A list of so many elements at most. */
export const listChecks = (max: number): PropertyDecorator[] => [
  Check('wrong-type', isPlainList),
  Check('too-many', (list) => !Array.isArray(list) || list.length <= max, { values: { max } }),
];

/** class-validator takes a list inside a list for an object without members. */
const isPlainList = (value: unknown): boolean => Array.isArray(value) && !value.some(Array.isArray);

/** Whether no record is referred to twice. */
export const hasNoRepetition = (list: unknown): boolean => {
  if (!Array.isArray(list)) return true;
  const ids = list.map((reference: { id?: unknown } | null) => reference?.id);
  return new Set(ids).size === ids.length;
};
