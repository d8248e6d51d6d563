import { invalid, pointerTo } from '../kernel/problems.js';
import type { Body } from './body.js';
import { ANY_BEGINNING, type ResourceSpec } from './spec.js';

const refuse = (names: readonly string[]): void => {
  if (names.length > 0) throw invalid(names.map((name) => ({ pointer: pointerTo('', name), code: 'set-by-step' })));
};

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** Whether a new record may have a value of a field; a field that no step sets takes any. */
export const mayBeginWith = ({ settled }: ResourceSpec, name: string, value: unknown): boolean => {
  const beginnings = settled?.[name];
  return beginnings === undefined || beginnings === ANY_BEGINNING || beginnings.includes(value);
};

/**
 * A patch leaves alone what the steps of a workflow set.
 * @throws `request.invalid` naming the members
 */
export const mustLeaveSettled = (spec: ResourceSpec, patch: Body): void =>
  refuse(Object.keys(spec.settled ?? {}).filter((name) => patch[name] !== undefined));

/**
 * A new record stands at the beginning of its workflow, or where a record of the past may stand.
 * @throws `request.invalid` naming the members
 */
export const mustBeginAllowed = (spec: ResourceSpec, body: Body): void =>
  refuse(
    Object.keys(spec.settled ?? {}).filter((name) => !isNothing(body[name]) && !mayBeginWith(spec, name, body[name])),
  );
