import { organizationOf, sideOf } from '../../kernel/actor.js';
import { canonicalJson } from '../../kernel/canonical-json.js';
import type { Body } from '../../resource/body.js';
import { type Entry, type FieldDifference, type Statement, sealPersonal } from './chain.js';
import type { TrailEvent } from './trail-event.js';

/** An entry that has no place in the chain yet. */
export type NewEntry = Statement & Pick<Entry, 'personal' | 'personalSalt' | 'personalHash'>;

/** Longest name of an object that an entry repeats: what a refused request sends may be anything. */
const LONGEST_NAME = 100;

const CONTROL_CHARACTERS = /\p{Cc}/gu;

/** A name as it was sent, in a form that the database can hold. */
const held = (name: string): string =>
  Buffer.from(name.slice(0, LONGEST_NAME)).toString().replace(CONTROL_CHARACTERS, '\uFFFD');

/** The members that differ, each before and after; language maps as a whole. */
const differences = (before: Body = {}, after: Body = {}): Record<string, FieldDifference> => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const pairs = names.map((name) => [name, { before: before[name] ?? null, after: after[name] ?? null }] as const);
  return Object.fromEntries(pairs.filter(([, pair]) => canonicalJson(pair.before) !== canonicalJson(pair.after)));
};

const changesOf = ({ before, after }: TrailEvent): Statement['changes'] => {
  const changes = differences(before, after);
  return Object.keys(changes).length > 0 ? changes : null;
};

const factsOf = ({ factsBefore, facts }: TrailEvent): Statement['facts'] =>
  factsBefore || facts ? { before: factsBefore ?? null, after: facts ?? null } : null;

/** What an event says, ready to be chained; JSON throughout, as it will be read back. */
export const newEntry = (event: TrailEvent): NewEntry => {
  const { actor, action, object, reason = null, origin, personal } = event;
  const statement: Statement = {
    at: new Date().toISOString(),
    actorKind: actor.kind,
    actorId: actor.kind === 'account' || actor.kind === 'key' ? actor.id : null,
    organizationId: organizationOf(actor),
    side: sideOf(actor),
    action,
    objectResource: object?.resource ?? null,
    objectId: object ? held(object.id) : null,
    objectVersion: object?.version ?? null,
    changes: changesOf(event),
    facts: factsOf(event),
    requestId: origin?.requestId ?? null,
    reason,
  };
  const person = { ...(origin?.address && { address: origin.address }), ...personal };
  return { ...statement, ...sealPersonal(person) };
};
