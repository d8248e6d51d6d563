import { snakeCase } from '../../resource/field.js';
import type { Scope } from '../../resource/scope.js';
import { type ResourceSpec, resources, tableOf } from '../../resource/spec.js';

const nameOf = ({ main }: ResourceSpec): string =>
  main ? `json_build_object('zh', r."${snakeCase(main)}_zh", 'ru', r."${snakeCase(main)}_ru")` : `'{}'::json`;

/**
 * The name, in both languages, of the record that a notification is about; null where its reader may not read the
 * record, or may not any more. The parameters of the scope come first.
 * @param alias that of the notification
 */
export const readableNameSql = (scope: Scope, alias: string): string => {
  const cases = resources().map(
    (spec) => `when '${spec.name}' then (select ${nameOf(spec)} from "${tableOf(spec)}" r
      where r.id = ${alias}.record_id and ${scope.sql('r', spec.name)})`,
  );
  return `case ${alias}.resource ${cases.join('\n    ')} end`;
};
