import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ROLES } from '../../kernel/actor.js';
import type { Standing } from './accounts.js';
import { standingFaults } from './standing.js';

const good: Standing = { roles: ['official'], side: 'cn', organizationId: 'o', translatesInto: [] };
const pointers = (standing: Partial<Standing>) =>
  standingFaults({ ...good, ...standing }).map(({ pointer, code }) => `${pointer} ${code}`);

describe('what an account is', () => {
  it('needs a role, each once', () => {
    expect(pointers({})).toEqual([]);
    expect(pointers({ roles: [] })).toEqual(['/roles required']);
    expect(pointers({ roles: ['official', 'official'] })).toEqual(['/roles invalid-value']);
  });

  it('needs an organization to act for, and languages to translate into', () => {
    expect(pointers({ organizationId: null })).toEqual(['/organization required']);
    expect(pointers({ roles: ['coordinator'], organizationId: null })).toEqual(['/organization required']);
    expect(pointers({ roles: ['investor'], organizationId: null })).toEqual([]);
    expect(pointers({ roles: ['translator'], organizationId: null })).toEqual(['/translatesInto required']);
    expect(pointers({ roles: ['translator'], organizationId: null, translatesInto: ['zh'] })).toEqual([]);
    expect(pointers({ translatesInto: ['zh'] })).toEqual(['/translatesInto invalid-value']);
  });

  it('is never made good by taking a role that needs more', () => {
    const standing = fc.record({
      roles: fc.uniqueArray(fc.constantFrom(...ROLES), { minLength: 1 }),
      organizationId: fc.constantFrom(null, 'o'),
      translatesInto: fc.constant<Standing['translatesInto']>([]),
      side: fc.constant('cn' as const),
    });
    fc.assert(
      fc.property(standing, (one) => {
        if (standingFaults(one).length === 0) return;
        expect(standingFaults({ ...one, roles: [...new Set([...one.roles, 'official' as const])] })).not.toEqual([]);
      }),
    );
  });
});
