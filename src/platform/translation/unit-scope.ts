import { type AccessFacts, can, capacitiesOf } from '../../kernel/access.js';
import type { Actor } from '../../kernel/actor.js';
import { scopeOf } from '../../resource/scope.js';
import type { UnitRow } from './unit-rows.js';

/** The units that an asker may see, over `translation t` joined with {@link RECORD_OF_UNIT}. */
export type UnitScope = { key: string; parameters: (string | null)[]; sql: string };

/** What of a unit says who may see its record, under the names that the scope of records knows. */
export const RECORD_OF_UNIT =
  'cross join lateral (select t.record_state as state, t.audience as audience, t.owner_id as owner_id) r';

/** Who sees units of every language: whoever writes or agrees records, not only translates them. */
const isOffice = (actor: Actor): boolean => {
  const capacities = capacitiesOf(actor);
  return capacities.has('official') || capacities.has('coordinator');
};

/** Two authentic texts that were handed on for agreement are shown to the other side's coordinators (docs/decisions.md). */
const AGREED = `t.authentic and t.record_state = 'draft' and t.standing in ('in-review', 'approved')`;

const languagesOf = (actor: Actor): readonly string[] => (actor.kind === 'account' ? actor.translatesInto : []);

export const unitScope = (actor: Actor): UnitScope => {
  const scope = scopeOf(actor);
  const readable = `(${scope.sql('r')})`;
  const seen = capacitiesOf(actor).has('coordinator') ? `(${readable} or ${AGREED})` : readable;
  const languages = languagesOf(actor).map((language) => `'${language}'`);
  // A translator's queue holds what the translator could write: neither of two authentic texts is a translation.
  const mine = languages.length > 0 ? `not t.authentic and t.language in (${languages.join(', ')})` : 'false';
  const sql = isOffice(actor) ? seen : `${seen} and ${mine}`;
  return {
    key: `${scope.key}/${sql.length}`,
    parameters: scope.parameters,
    sql: `(${sql}) and t.original_hash is not null`,
  };
};

/** The same for one unit whose record was read. */
export const maySeeUnit = (actor: Actor, unit: UnitRow, facts: AccessFacts): boolean => {
  if (unit.originalHash === null) return false;
  const isAgreed = unit.authentic && facts.state === 'draft' && ['in-review', 'approved'].includes(unit.standing);
  const seesRecord = can(actor, 'read', unit.resource, facts);
  if (!seesRecord && !(isAgreed && capacitiesOf(actor).has('coordinator'))) return false;
  return isOffice(actor) || (!unit.authentic && languagesOf(actor).includes(unit.language));
};
