import 'reflect-metadata';
import type { Shape } from '../kernel/shape.js';

/** How a field is stored, validated, answered and documented. */
export type FieldKind =
  | 'id'
  | 'localized'
  | 'localizedList'
  | 'text'
  | 'code'
  | 'codes'
  | 'reference'
  | 'references'
  | 'money'
  | 'quantity'
  | 'date'
  | 'instant'
  | 'integer'
  | 'integers'
  | 'number'
  | 'boolean'
  | 'item'
  | 'items'
  | 'json';

export type { Shape };

export type FieldOptions = {
  /** Must be present when a record is created and may not be cleared. */
  required?: boolean;
  /** Set by the portal, never by a request. */
  readOnly?: boolean;
  /** Longest text in code points, most elements of a list, or largest number. */
  max?: number;
  min?: number;
  /** A text that may hold line breaks. */
  multiline?: boolean;
  /** A password, a token or a code: documented as one, and never answered but where it is made. */
  secret?: boolean;
  /** Repeats what a source prints, its faults included. */
  verbatim?: boolean;
  pattern?: RegExp;
  /** Name of a vocabulary in `kernel/vocabularies.ts`. */
  vocabulary?: string;
  /** Name of the resource that a reference points to. */
  target?: string;
  /** Class of an `item` or of the elements of `items`. */
  shape?: () => Shape;
  /** Whether links keep the record's publication date, so that a list filtered by one is read in its usual order. */
  dated?: boolean;
  /** Left out of an answer where there is none, as a language that a text lacks. */
  absent?: boolean;
  /** Value of a new record where the request says nothing. */
  initially?: unknown;
};

/** One field of a record or of a nested shape: the single declaration everything else is derived from. */
export type Field = { name: string; kind: FieldKind; options: FieldOptions };

const FIELDS = Symbol('fields');

/** Adds a field to the class that declares it; called by the decorators only. */
export const addField = (shape: object, field: Field): void => {
  const own = (Reflect.getOwnMetadata(FIELDS, shape) as Field[] | undefined) ?? [];
  Reflect.defineMetadata(FIELDS, [...own, field], shape);
};

/** All fields of a class, those of its ancestors first, in the order of declaration. */
export const fieldsOf = (shape: Shape): Field[] => {
  const parent = Object.getPrototypeOf(shape) as Shape | null;
  const inherited = typeof parent === 'function' && parent !== Function.prototype ? fieldsOf(parent) : [];
  return [...inherited, ...((Reflect.getOwnMetadata(FIELDS, shape) as Field[] | undefined) ?? [])];
};

/** A field by its name; naming one that is not declared is a fault of the program. */
export const fieldOf = (shape: Shape, name: string): Field => {
  const field = fieldsOf(shape).find((candidate) => candidate.name === name);
  if (!field) throw new Error(`${shape.name} has no field ${name}`);
  return field;
};

/** `totalInvestment` → `total_investment`. */
export const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
