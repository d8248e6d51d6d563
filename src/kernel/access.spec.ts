import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type AccessFacts,
  AUDIENCES,
  can,
  capacitiesOf,
  mayKnowWithdrawn,
  mayUse,
  PORTAL_PERMISSIONS,
  RECORD_STATES,
  RULES,
  translatableLanguage,
  VERBS,
} from './access.js';
import { type AccountActor, type Actor, ANONYMOUS, KEY_SCOPES, ROLES, SIDES, type Side } from './actor.js';

/** Organizations and the sides they are of. */
const ORGANIZATIONS: Record<string, Side> = { heihe: 'cn', tongjiang: 'cn', amur: 'ru', eao: 'ru' };

const organization = fc.constantFrom(...Object.keys(ORGANIZATIONS));
const roles = fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1 });

const account = fc.record({ roles, organization: fc.option(organization), side: fc.constantFrom(...SIDES) }).map(
  ({ roles, organization, side }): AccountActor => ({
    kind: 'account',
    id: 'account',
    roles,
    side: organization ? ORGANIZATIONS[organization]! : side,
    organizationId: organization,
    translatesInto: [],
  }),
);

const key = fc.record({ organization, scopes: fc.subarray([...KEY_SCOPES]) }).map(
  ({ organization, scopes }): Actor => ({
    kind: 'key',
    id: 'key',
    scopes,
    side: ORGANIZATIONS[organization]!,
    organizationId: organization,
  }),
);

const actor: fc.Arbitrary<Actor> = fc.oneof(fc.constant(ANONYMOUS), account, key);

const facts: fc.Arbitrary<AccessFacts> = fc
  .record({
    state: fc.constantFrom(...RECORD_STATES),
    audience: fc.constantFrom(...AUDIENCES),
    owner: fc.option(organization),
  })
  .map(({ state, audience, owner }) => ({
    state,
    audience,
    ownerId: owner,
    ownerSide: owner ? ORGANIZATIONS[owner]! : null,
  }));

const resource = fc.constantFrom('lead', 'meeting', 'organization');
const verb = fc.constantFrom(...VERBS);

describe('the rights of a role', () => {
  it('are never fewer with one more role', () => {
    fc.assert(
      fc.property(account, fc.constantFrom(...ROLES), verb, resource, facts, (before, role, verb, resource, facts) => {
        const after = { ...before, roles: [...new Set([...before.roles, role])] };
        if (can(before, verb, resource, facts)) expect(can(after, verb, resource, facts)).toBe(true);
        for (const permission of [...Object.keys(PORTAL_PERMISSIONS), `${resource}.${verb}`])
          if (mayUse(before, permission)) expect(mayUse(after, permission)).toBe(true);
      }),
    );
  });

  it('are never more when a record is hidden: by a narrower audience, as a draft, or withdrawn', () => {
    fc.assert(
      fc.property(actor, resource, facts, fc.nat(AUDIENCES.length - 1), (actor, resource, facts, narrower) => {
        const hidden = AUDIENCES[Math.max(narrower, AUDIENCES.indexOf(facts.audience))]!;
        if (can(actor, 'read', resource, { ...facts, audience: hidden }))
          expect(can(actor, 'read', resource, facts)).toBe(true);
        expect(can(actor, 'read', resource, { ...facts, state: 'withdrawn' })).toBe(false);
        // A translator sees drafts of everybody, whatever their audience will be.
        const sees = can(actor, 'read', resource, { ...facts, state: 'draft' });
        const isTranslator = actor.kind === 'account' && actor.roles.includes('translator');
        if (sees && !isTranslator && facts.state !== 'withdrawn')
          expect(can(actor, 'read', resource, { ...facts, state: 'published' })).toBe(true);
      }),
    );
  });

  it('never reach what cannot be seen', () => {
    fc.assert(
      fc.property(actor, verb, resource, facts, (actor, verb, resource, facts) => {
        if (can(actor, verb, resource, facts)) expect(can(actor, 'read', resource, facts)).toBe(true);
        if (can(actor, verb, resource, facts)) expect(mayUse(actor, `${resource}.${verb}`)).toBe(true);
      }),
    );
  });

  it('write for one side only: nobody but an administrator of organizations writes what is the other’s', () => {
    fc.assert(
      fc.property(actor, fc.constantFrom(...VERBS), facts, (actor, verb, facts) => {
        if (verb === 'read' || verb === 'translate' || actor.kind === 'anonymous') return;
        if (facts.ownerSide !== actor.side) expect(can(actor, verb, 'meeting', facts)).toBe(false);
      }),
    );
  });

  it('are none but the way to a second factor while one is owed', () => {
    fc.assert(
      fc.property(account, verb, resource, facts, (actor, verb, resource, facts) => {
        const owing = { ...actor, owesSecondFactor: true };
        expect(can(owing, verb, resource, facts)).toBe(can(ANONYMOUS, verb, resource, facts));
        expect(mayUse(owing, 'self.update')).toBe(true);
        expect(mayUse(owing, 'account.read')).toBe(false);
      }),
    );
  });

  it('are listed for every capacity, and no row names what there is not', () => {
    const known = new Set([...VERBS]);
    for (const rule of RULES) expect(rule.may.every((verb) => known.has(verb))).toBe(true);
    expect(capacitiesOf(ANONYMOUS)).toEqual(new Set(['anyone']));
  });
});

describe('a withdrawn record', () => {
  it('is told to those only who could see it when it was published', () => {
    fc.assert(
      fc.property(actor, resource, facts, (actor, resource, facts) => {
        const told = mayKnowWithdrawn(actor, resource, { ...facts, state: 'withdrawn' });
        const saw = can(actor, 'read', resource, { ...facts, state: 'published' });
        expect(told).toBe(saw && actor.kind !== 'anonymous');
      }),
    );
  });
});

describe('a translator', () => {
  const translator = (...translatesInto: ('zh' | 'ru')[]): AccountActor => ({
    kind: 'account',
    id: 't',
    roles: ['translator'],
    side: 'cn',
    organizationId: 'heihe',
    translatesInto,
  });

  it('writes the language translated into, never the original, and neither of two authentic texts', () => {
    expect(translatableLanguage(translator('ru'), 'zh')).toBe('ru');
    expect(translatableLanguage(translator('ru'), 'ru')).toBeUndefined();
    expect(translatableLanguage(translator('zh', 'ru'), 'ru')).toBe('zh');
    expect(translatableLanguage(translator('zh', 'ru'), 'both')).toBeUndefined();
    expect(translatableLanguage(ANONYMOUS, 'zh')).toBeUndefined();
  });
});
