import { invalid, problem } from '../kernel/problems.js';
import { type Body, isObject, normalizeDeep, validateShape } from './body.js';
import { fieldsOf, type Shape } from './field.js';

/**
 * The body of a request that is no resource's, checked against its declared class and in normal form, with
 * the initial values of what it leaves out.
 * @throws `request.body-required`, `request.invalid` naming every faulty member
 */
export const shapeBody = <Value extends object>(shape: Shape<Value>, body: unknown): Value => {
  if (!isObject(body)) throw problem('request.body-required');
  const normal = normalizeDeep(body) as Body;
  const faults = validateShape(shape, withInitial(shape, normal));
  if (faults.length > 0) throw invalid(faults);
  return withInitial(shape, normal) as Value;
};

const withInitial = (shape: Shape, body: Body): Body => {
  const initial = fieldsOf(shape).filter(({ options }) => options.initially !== undefined);
  return { ...Object.fromEntries(initial.map(({ name, options }) => [name, options.initially])), ...body };
};
