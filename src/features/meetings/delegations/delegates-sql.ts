import { codesOf } from '../../../kernel/vocabularies.js';

/** The condition that a delegate is expected: neither withdrawn, nor declined, nor replaced. */
export const COMING = (delegate: string): string =>
  `${delegate}.state <> 'withdrawn' and ${delegate}.invitation not in ('declined', 'substituted')`;

/** The order of a list of delegates: by role, then as they were named. */
export const HEADS_FIRST = (delegate: string): string =>
  `array_position(array['${codesOf('delegateRole').join("','")}'], ${delegate}.role), ${delegate}.created_at, ${delegate}.id`;
