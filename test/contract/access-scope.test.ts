import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Client } from 'pg';
import { type AccessFacts, AUDIENCES, can, RECORD_STATES } from '../../src/kernel/access.js';
import { type Actor, ANONYMOUS, KEY_SCOPES, ROLES, type Side } from '../../src/kernel/actor.js';
import { scopeOf } from '../../src/resource/scope.js';
import { createDatabase, dropDatabase } from '../support/portal.js';

type Organization = { id: string; side: Side };

let url: string;
let client: Client;
let organizations: Organization[];
beforeAll(async () => {
  url = await createDatabase('portal_seeded');
  client = new Client({ connectionString: url });
  await client.connect();
  organizations = (
    await client.query(
      `select id, side from (select id, side, row_number() over (partition by side order by id) as n
         from organization where side in ('cn', 'ru')) numbered where n <= 2 order by side, id`,
    )
  ).rows as Organization[];
});
afterAll(async () => {
  await client?.end();
  await dropDatabase(url);
});

/** Every combination of facts, once. */
const allFacts = (): AccessFacts[] =>
  RECORD_STATES.flatMap((state) =>
    AUDIENCES.flatMap((audience) =>
      [...organizations, undefined].map((owner) => ({
        state,
        audience,
        ownerId: owner?.id ?? null,
        ownerSide: owner?.side ?? null,
      })),
    ),
  );

const actors = (): fc.Arbitrary<Actor> => {
  const organization = fc.constantFrom(...organizations);
  const roles = fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1 });
  const account = fc.record({ roles, organization, acts: fc.boolean(), owes: fc.boolean() }).map(
    ({ roles, organization: { id, side }, acts, owes }): Actor => ({
      kind: 'account',
      id,
      roles,
      side,
      organizationId: acts ? id : null,
      translatesInto: [],
      owesSecondFactor: owes,
    }),
  );
  const key = fc
    .record({ scopes: fc.subarray([...KEY_SCOPES]), organization })
    .map(({ scopes, organization: { id, side } }): Actor => ({ kind: 'key', id, scopes, side, organizationId: id }));
  return fc.oneof(fc.constant(ANONYMOUS), account, key);
};

describe('what lists show', () => {
  it('is exactly what `can` allows, for every actor and every combination of facts', async () => {
    const facts = allFacts();
    const scopes = new Map<string, string>();
    await fc.assert(
      fc.asyncProperty(
        actors(),
        fc.constantFrom('lead', 'organization', 'minutes-item', undefined),
        async (actor, resource) => {
          const scope = scopeOf(actor);
          const condition = scope.sql('r', resource);
          // Without a resource only what holds for every one is seen.
          const meant = resource ?? 'lead';
          // Statements are kept by the key of the scope: one key must not stand for two texts.
          expect(scopes.get(`${scope.key}/${resource}`) ?? condition).toBe(condition);
          scopes.set(`${scope.key}/${resource}`, condition);
          const first = scope.parameters.length;
          const { rows } = await client.query(
            `select n::int from unnest($${first + 1}::text[], $${first + 2}::text[], $${first + 3}::uuid[]) with ordinality
             as r(state, audience, owner_id, n) where ${condition} order by n`,
            [
              ...scope.parameters,
              facts.map(({ state }) => state),
              facts.map(({ audience }) => audience),
              facts.map(({ ownerId }) => ownerId),
            ],
          );
          const allowed = facts.flatMap((one, n) => (can(actor, 'read', meant, one) ? [n + 1] : []));
          expect(rows.map(({ n }) => n)).toEqual(allowed);
        },
      ),
      { numRuns: 300 },
    );
  });
});
