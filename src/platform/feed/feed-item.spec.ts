import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AccessFacts, AUDIENCES, can, RECORD_STATES } from '../../kernel/access.js';
import { type Actor, ANONYMOUS, ROLES } from '../../kernel/actor.js';
import type { StoredEntry } from './feed-entries.js';
import { itemFor } from './feed-item.js';

const facts: fc.Arbitrary<AccessFacts> = fc.record({
  state: fc.constantFrom(...RECORD_STATES),
  audience: fc.constantFrom(...AUDIENCES),
  ownerId: fc.constantFrom('tongjiang', 'eao'),
  ownerSide: fc.constantFrom('cn', 'ru'),
});

const entry: fc.Arbitrary<StoredEntry> = fc.record({
  seq: fc.nat(),
  at: fc.constant('2026-11-24T00:00:00Z'),
  type: fc.constantFrom('created', 'updated', 'published', 'withdrawn', 'language'),
  resource: fc.constantFrom('lead', 'organization'),
  id: fc.uuid(),
  version: fc.nat(),
  fields: fc.constant(['name']),
  languages: fc.constant({ ru: { from: 'draft', to: 'stale' } }),
  reason: fc.constant({ zh: '撤回' }),
  facts,
  factsBefore: fc.option(facts),
  requestId: fc.constant(null),
});

const actor: fc.Arbitrary<Actor> = fc.oneof(
  fc.constant(ANONYMOUS),
  fc.subarray([...ROLES], { minLength: 1 }).map(
    (roles): Actor => ({
      kind: 'account',
      id: 'a',
      roles,
      side: 'cn',
      organizationId: 'tongjiang',
      translatesInto: [],
    }),
  ),
);

describe('what a follower is told of an entry', () => {
  it('is nothing of a record that could be seen neither before nor after, and something of any other', () => {
    fc.assert(
      fc.property(actor, entry, (actor, entry) => {
        const seen = [entry.facts, entry.factsBefore].some((one) => one && can(actor, 'read', entry.resource, one));
        expect(itemFor(actor, entry) !== undefined).toBe(seen);
      }),
    );
  });

  it('names no field, state or reason of what was or is hidden', () => {
    fc.assert(
      fc.property(actor, entry, (actor, entry) => {
        const item = itemFor(actor, entry);
        if (!item) return;
        const sees = can(actor, 'read', entry.resource, entry.facts);
        const saw = entry.factsBefore !== null && can(actor, 'read', entry.resource, entry.factsBefore);
        if (!sees) expect([item.fields, item.languages]).toEqual([[], null]);
        if (!sees && item.type !== 'withdrawn') expect(item.reason).toBeNull();
        if (item.type === 'appeared') expect([sees, saw, item.fields]).toEqual([true, false, []]);
        if (item.type === 'hidden') expect([sees, saw]).toEqual([false, true]);
      }),
    );
  });

  it('is for a record that is seen throughout what happened, word by word', () => {
    fc.assert(
      fc.property(entry, (given) => {
        const seen: AccessFacts = { ...given.facts, state: 'published', audience: 'public' };
        const item = itemFor(ANONYMOUS, { ...given, facts: seen, factsBefore: seen });
        expect(item).toMatchObject({ type: given.type, fields: given.fields, languages: given.languages });
      }),
    );
  });
});
