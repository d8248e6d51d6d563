import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chainEntry, type Entry, GENESIS, hashEntry, hashPersonal, type Statement, sealPersonal } from './chain.js';
import { type VerifiedHead, verifyChain } from './verify.js';

const statement = (n: number): Statement => ({
  at: new Date(1_795_400_300_000 + n).toISOString(),
  actorKind: 'account',
  actorId: `account-${n % 3}`,
  organizationId: null,
  side: n % 2 ? 'cn' : 'ru',
  action: 'lead.update',
  objectResource: 'lead',
  objectId: `lead-${n}`,
  objectVersion: n,
  changes: { name: { before: { zh: '同江' }, after: { zh: '同江', ru: `Тунцзян ${n}` } } },
  facts: null,
  requestId: `request-${n}`,
  reason: null,
});

const append = (chain: Entry[], said: Statement, personal: Record<string, string> | null = { address: '192.0.2.1' }) =>
  chain.push(chainEntry({ ...said, ...sealPersonal(personal) }, chain.at(-1)));

const chainOf = (length: number): Entry[] => {
  const chain: Entry[] = [];
  for (let n = 1; n <= length; n += 1) append(chain, statement(n), n % 4 === 0 ? null : { address: `192.0.2.${n}` });
  return chain;
};

const headOf = ({ seq, hash }: Entry): VerifiedHead => ({ seq, hash });

/** A chain of 3 to 12 entries and a place in it, counted from 0. */
const chainAndPlace = fc
  .tuple(fc.integer({ min: 3, max: 12 }), fc.nat())
  .map(([length, n]): [Entry[], number] => [chainOf(length), n % length]);

const firstBad = async (chain: Iterable<Entry>, heads: VerifiedHead[] = []): Promise<number | undefined> =>
  (await verifyChain(chain, heads)).faults[0]?.seq;

/** Everything a database user could write over in one entry. */
const ALTERATIONS: ((entry: Entry) => Partial<Entry>)[] = [
  () => ({ at: '2001-01-01T00:00:00.000Z' }),
  () => ({ actorKind: 'system' }),
  () => ({ actorId: 'somebody-else' }),
  () => ({ actorId: null }),
  () => ({ organizationId: '01900000-0000-7000-8000-000000000001' }),
  ({ side }) => ({ side: side === 'cn' ? 'ru' : 'cn' }),
  () => ({ action: 'lead.publish' }),
  () => ({ objectResource: 'zone' }),
  () => ({ objectId: 'another' }),
  ({ objectVersion }) => ({ objectVersion: objectVersion! + 1 }),
  () => ({ changes: { name: { before: { zh: '同江' }, after: { zh: '同江 ' } } } }),
  () => ({ changes: null }),
  () => ({ facts: { before: null, after: { state: 'draft', audience: 'public', ownerId: null, ownerSide: null } } }),
  () => ({ requestId: 'x' }),
  () => ({ reason: 'x' }),
  () => ({ personal: { address: '198.51.100.1' }, personalSalt: Buffer.alloc(16) }),
  () => ({ personalHash: Buffer.alloc(32, 7) }),
  () => ({ hash: Buffer.alloc(32, 7) }),
  () => ({ previousHash: Buffer.alloc(32, 7) }),
];

const replaced = (chain: Entry[], place: number, ...entries: Entry[]): Entry[] => chain.toSpliced(place, 1, ...entries);
const renumbered = (chain: Entry[]): Entry[] => chain.map((entry, n) => ({ ...entry, seq: n + 1 }));

describe('the chain of the trail', () => {
  it('is good as it is made, up to the last head, and erasures leave it so', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlace, async ([chain, place]) => {
        const heads = [headOf(chain[place]!)];
        const last = chain.length;
        expect(await verifyChain(chain, heads)).toEqual({
          faults: [],
          entries: last,
          last,
          confirmed: place + 1,
          erased: 0,
        });
        const erased = replaced(chain, 0, { ...chain[0]!, personal: null, personalSalt: null });
        expect(await verifyChain(erased, [])).toMatchObject({
          faults: [{ kind: 'erased-unrecorded', seq: 1 }],
          erased: 1,
        });
        append(erased, {
          ...statement(last + 1),
          action: 'audit.erase',
          changes: { entries: { before: null, after: [[1, 1]] } },
        });
        expect(await verifyChain(erased, heads)).toMatchObject({ faults: [], confirmed: place + 1, erased: 1 });
      }),
    );
  });

  it('H121 names the entry of which any member was altered', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlace, fc.constantFrom(...ALTERATIONS), async ([chain, place], alter) => {
        const altered = { ...chain[place]!, ...alter(chain[place]!) };
        expect(await firstBad(replaced(chain, place, altered))).toBe(place + 1);
      }),
    );
  });

  it('H121 names the entry that was altered together with its hash', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlace, fc.constantFrom(...ALTERATIONS.slice(0, 15)), async ([chain, place], alter) => {
        const altered = { ...chain[place]!, ...alter(chain[place]!) };
        const sealed = { ...altered, hash: hashEntry(altered) };
        const found = await firstBad(replaced(chain, place, sealed), [headOf(chain.at(-1)!)]);
        expect(found).toBe(place + 1);
      }),
    );
  });

  it('H121 names the entry that was deleted, whether those after it moved up or not', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlace, async ([chain, place]) => {
        const heads = [headOf(chain.at(-1)!)];
        expect(await firstBad(replaced(chain, place), heads)).toBe(place + 1);
        expect(await firstBad(renumbered(replaced(chain, place)), heads)).toBe(place + 1);
      }),
    );
  });

  it('H121 names the first of two entries that changed places', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlace, fc.nat(), async ([chain, place], n) => {
        const other = n % chain.length;
        if (other === place) return;
        const swapped = chain.with(place, chain[other]!).with(other, chain[place]!);
        const first = Math.min(place, other) + 1;
        expect(await firstBad(renumbered(swapped))).toBe(first);
        expect((await verifyChain(swapped, [])).faults[0]).toBeDefined();
      }),
    );
  });

  it('H121 names the entry that was inserted: forged, copied, with and without room made for it', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlace, fc.nat(), async ([chain, place], n) => {
        const before = chain[place - 1];
        const forged = chainEntry({ ...statement(99), ...sealPersonal(null) }, before);
        const copied = { ...chain[n % chain.length]!, seq: place + 1 };
        const heads = [headOf(chain.at(-1)!)];
        for (const entry of copied.hash.equals(chain[place]!.hash) ? [forged] : [forged, copied]) {
          expect(await firstBad(renumbered(chain.toSpliced(place, 0, entry)), heads)).toBe(place + 1);
          expect(await firstBad(chain.toSpliced(place, 0, entry), heads)).toBe(place + 1);
        }
      }),
    );
  });

  it('H121 misses a tail that was cut off, by a head that knows it', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlace, async ([chain, place]) => {
        const cut = chain.slice(0, place);
        const { faults } = await verifyChain(cut, [headOf(chain.at(-1)!)]);
        expect(faults).toEqual([{ kind: 'tail-missing', seq: place + 1, known: chain.length }]);
      }),
    );
  });

  it('H121 sees that a chain was made anew, by a head that knows another', async () => {
    await fc.assert(
      fc.asyncProperty(chainAndPlace, async ([chain, place]) => {
        const anew: Entry[] = chain.slice(0, place);
        for (const { seq } of chain.slice(place)) append(anew, { ...statement(seq), actorId: 'somebody-else' });
        const heads = [chain[place - 1], chain[place], chain.at(-1)].filter((entry) => entry !== undefined).map(headOf);
        expect((await verifyChain(anew, heads)).faults).toEqual([{ kind: 'rewritten', seq: place + 1, after: place }]);
      }),
    );
  });

  it('takes an empty chain for a good one unless a head knows better', async () => {
    expect(await verifyChain([], [])).toMatchObject({ faults: [], entries: 0, confirmed: 0 });
    const known = await verifyChain([], [{ seq: 2, hash: GENESIS }]);
    expect(known.faults).toEqual([{ kind: 'tail-missing', seq: 1, known: 2 }]);
  });

  it('hides what was erased: nobody can try addresses without the salt', () => {
    const [one, two] = [sealPersonal({ address: '192.0.2.1' }), sealPersonal({ address: '192.0.2.1' })];
    expect(one.personalHash!.equals(two.personalHash!)).toBe(false);
    expect(hashPersonal(one.personalSalt!, { address: '192.0.2.1' }).equals(one.personalHash!)).toBe(true);
  });
});
