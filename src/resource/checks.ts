import { ValidateBy } from 'class-validator';
import type { FieldErrorCode } from '../kernel/problems.js';

/**
 * A class-validator rule whose name is the code of the fault it finds, so that a failed rule becomes
 * a localized problem without a table in between.
 * @param values placeholders of the message, such as `{max: 200}`
 */
export const Check = (
  code: FieldErrorCode,
  holds: (value: unknown, object: object) => boolean,
  options: { values?: Record<string, string | number>; each?: boolean } = {},
): PropertyDecorator =>
  ValidateBy(
    {
      name: code,
      validator: {
        validate: (value, args) => holds(value, args?.object ?? {}),
        // class-validator hands the context of a rule on only where the rule is asynchronous, its message always.
        defaultMessage: () => JSON.stringify(options.values ?? {}),
      },
    },
    { each: options.each ?? false },
  );
