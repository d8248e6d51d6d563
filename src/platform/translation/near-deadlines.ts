import { resources, tableOf } from '../../resource/spec.js';

/** How many days before its meeting a text comes before all others. */
const NEAR_DAYS = 14;

/** Records whose texts are needed soon, with the moment: `id, due`. */
export const nearDeadlines = (): string => {
  const parts = resources().flatMap((spec) => {
    const due = spec.deadline?.('r');
    if (!due) return [];
    return `select r.id, ${due} as due from "${tableOf(spec)}" r
      where ${due} between now() and now() + interval '${NEAR_DAYS} days'`;
  });
  return parts.length > 0 ? parts.join(' union all ') : 'select null::uuid as id, null::timestamptz as due where false';
};
