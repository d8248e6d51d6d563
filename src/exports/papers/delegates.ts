import type { Side } from '../../kernel/actor.js';
import type { Delegate } from './paper.js';
import type { DelegateSource, PaperSource } from './paper-source.js';

const EXPECTED = new Set(['invited', 'accepted']);

/** Those who are expected, and after the meeting those who were not missing; as far as the reader may know of them. */
const present = ({ delegations }: PaperSource, side: Side): DelegateSource[] =>
  delegations
    .filter((delegation) => delegation.side === side)
    .flatMap(({ delegates }) => delegates)
    .filter(({ invitation, attended }) => EXPECTED.has(invitation) && attended !== 'no');

/** The people of a side, its head first. */
export const delegatesOf = (source: PaperSource, side: Side): Delegate[] =>
  present(source, side).map(({ role, name, post }) => ({ role, name, post }));

/** The head of a side's delegation. */
export const headOf = (source: PaperSource, side: Side): DelegateSource | undefined =>
  present(source, side).find(({ role }) => role === 'head');
