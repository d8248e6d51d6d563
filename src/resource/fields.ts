import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { Column, Index, JoinColumn, ManyToOne, Check as TableCheck } from 'typeorm';
import { isCalendarDate, isInstant } from '../kernel/dates.js';
import { isId } from '../kernel/ids.js';
import { isVocabularyCode, type VocabularyName } from '../kernel/vocabularies.js';
import { Check } from './checks.js';
import { type Field, type Shape, snakeCase } from './field.js';
import {
  declare,
  hasNoRepetition,
  integerChecks,
  isObject,
  listChecks,
  nested,
  type Options,
  PlainColumn,
} from './field-parts.js';
import { LocalizedList, localizedTextClass, Money, Quantity, Reference, textChecks } from './values.js';

/**
 * The field decorators. One of them on a member declares it once for everything: column, validation,
 * the select that reads it and its description in the OpenAPI documents (docs/architecture.md, "One field").
 * On classes used through `@Item` and `@Items` the column part is not used: those live inside a jsonb column.
 */

/** Longest text in code points where a field states no limit. */
export const DEFAULT_TEXT_LIMIT = 200;

/** The database, too, refuses a required text that is said in neither language. */
const saidInOneLanguage: PropertyDecorator = (target, name) => {
  const column = snakeCase(String(name));
  const table = snakeCase(target.constructor.name).slice(1);
  TableCheck(`${table}_${column}_said`, `"${column}_zh" is not null or "${column}_ru" is not null`)(target.constructor);
};

/** A natural-language text as a language map: columns `…_zh`, `…_ru`; required means present in at least one. */
export const Localized = (options: Options = {}): PropertyDecorator => {
  const limits = { max: options.max ?? DEFAULT_TEXT_LIMIT, multiline: options.multiline ?? false };
  const shape = localizedTextClass(limits);
  return declare(
    'localized',
    { ...options, ...limits },
    (target, name) => Column(() => shape, { prefix: snakeCase(String(name)) })(target, name),
    ...(options.required ? [saidInOneLanguage] : []),
    ...nested(() => shape),
    Check('no-language', (map) => !isObject(map) || Object.values(map as object).some((text) => text != null)),
  );
};

/** Several texts per language: columns `…_zh`, `…_ru` of type text[]. */
export const Aliases = (options: Options = {}): PropertyDecorator =>
  declare(
    'localizedList',
    options,
    (target, name) => Column(() => LocalizedList, { prefix: snakeCase(String(name)) })(target, name),
    ...nested(() => LocalizedList),
  );

/** An id in a body or an answer that is no resource's; records have theirs from `PortalRecord`. */
export const Identifier = (options: Options = {}): PropertyDecorator =>
  declare('id', options, Check('invalid-id', isId));

/** Any JSON value in an answer that is no resource's, such as the value of a field that may be of any kind. */
export const Json = (): PropertyDecorator => declare('json', {});

/** A text that is not language: a number, a code of an outside register. */
export const Text = (options: Options = {}): PropertyDecorator => {
  const { pattern, max = DEFAULT_TEXT_LIMIT, multiline = false } = options;
  return declare(
    'text',
    options,
    PlainColumn('text', options),
    ...textChecks({ max, multiline, identifier: !options.verbatim }),
    ...(pattern ? [Check('invalid-format', (value) => typeof value !== 'string' || pattern.test(value))] : []),
  );
};

/** A code of one of the vocabularies, whose labels are served by `/vocabularies`. */
export const Code = (vocabulary: VocabularyName, options: Options = {}): PropertyDecorator =>
  declare(
    'code',
    { ...options, vocabulary },
    PlainColumn('text', options, options.initially === undefined ? {} : { default: options.initially }),
    Check('unknown-code', (value) => isVocabularyCode(vocabulary, value), { values: { vocabulary } }),
  );

/** Several codes of one vocabulary. */
export const Codes = (vocabulary: VocabularyName, options: Options = {}): PropertyDecorator =>
  declare(
    'codes',
    { ...options, vocabulary },
    PlainColumn('text', options, { array: true }),
    ...listChecks(options.max ?? 20),
    Check('unknown-code', (value) => isVocabularyCode(vocabulary, value), { values: { vocabulary }, each: true }),
  );

/** Records refer to each other in circles, so whole sets of them are written with the keys deferred. */
const FOREIGN_KEY = { onDelete: 'RESTRICT', deferrable: 'INITIALLY IMMEDIATE' } as const;

/** Another record: column `…_id` with a foreign key. Whether it exists and may be seen is checked by the store. */
export const Ref = (target: string, options: Options = {}): PropertyDecorator =>
  declare(
    'reference',
    { ...options, target },
    (prototype, name) => {
      ManyToOne(entityName(target), { ...FOREIGN_KEY, nullable: !options.required })(prototype, String(name));
      JoinColumn({ name: `${snakeCase(String(name))}_id` })(prototype, String(name));
      Index()(prototype, String(name));
    },
    ...nested(() => Reference),
  );

/** Several other records in their order: a link table `<record>_<field>` (see `resource/links.ts`). */
export const Refs = (target: string, options: Options = {}): PropertyDecorator =>
  declare(
    'references',
    { ...options, target },
    ...listChecks(options.max ?? 100),
    Check('repeated-reference', hasNoRepetition),
    ValidateNested({ each: true }),
    Type(() => Reference),
  );

/** A sum of money: columns `…_amount, …_min, …_max, …_currency, …_exactness`. */
export const Sum = (options: Options = {}): PropertyDecorator =>
  declare(
    'money',
    options,
    (target, name) => Column(() => Money, { prefix: snakeCase(String(name)) })(target, name),
    ...nested(() => Money),
  );

/** A quantity: columns `…_value, …_min, …_max, …_unit, …_exactness`. */
export const Size = (options: Options = {}): PropertyDecorator =>
  declare(
    'quantity',
    options,
    (target, name) => Column(() => Quantity, { prefix: snakeCase(String(name)) })(target, name),
    ...nested(() => Quantity),
  );

/** A calendar date without a time, `YYYY-MM-DD`. */
export const DateOnly = (options: Options = {}): PropertyDecorator =>
  declare('date', options, PlainColumn('date', options), Check('invalid-date', isCalendarDate));

/** An instant with an offset (RFC 3339). */
export const Instant = (options: Options = {}): PropertyDecorator =>
  declare('instant', options, PlainColumn('timestamptz', options), Check('invalid-instant', isInstant));

/** A whole number, by default not negative. */
export const Int = (options: Options = {}): PropertyDecorator =>
  declare('integer', options, PlainColumn('integer', options), ...integerChecks(options));

/** A plain number that needs neither unit nor currency, by default not negative. */
export const Num = (options: Options = {}): PropertyDecorator => {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = options;
  const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
  return declare(
    'number',
    options,
    PlainColumn('numeric', options),
    Check('wrong-type', isNumber),
    Check('too-small', (value) => !isNumber(value) || value >= min, { values: { min } }),
    Check('too-large', (value) => !isNumber(value) || value <= max, { values: { max } }),
  );
};

/** A list of whole numbers, such as the years of a task. */
export const Ints = (options: Options = {}): PropertyDecorator =>
  declare(
    'integers',
    options,
    PlainColumn('integer', options, { array: true }),
    ...listChecks(50),
    ...integerChecks(options, true),
  );

/** Yes or no. */
export const Flag = (options: Options = {}): PropertyDecorator =>
  declare(
    'boolean',
    options,
    PlainColumn('boolean', options, options.initially === undefined ? {} : { default: options.initially }),
    Check('wrong-type', (value) => typeof value === 'boolean'),
  );

/** One value object that belongs to the record, kept as jsonb. */
export const Item = (shape: () => Shape, options: Options = {}): PropertyDecorator =>
  declare('item', { ...options, shape }, PlainColumn('jsonb', options), ...nested(shape));

/** A list of value objects that belong to the record, in their order, kept as jsonb. */
export const Items = (shape: () => Shape, options: Options = {}): PropertyDecorator =>
  declare(
    'items',
    { ...options, shape },
    PlainColumn('jsonb', options),
    ...listChecks(options.max ?? 200),
    ValidateNested({ each: true }),
    Type(() => shape() as unknown as new () => object),
  );

/** `finance-product` → `FinanceProduct`: the entity class of a resource, named so that no feature imports another. */
export const entityName = (resource: string): string =>
  resource
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** Whether a request may set the field. */
export const isWritable = (field: Field): boolean => !field.options.readOnly;
