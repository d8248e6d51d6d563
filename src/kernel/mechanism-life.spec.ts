import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SIDES, type Side } from './actor.js';
import {
  awaitedFor,
  decidingSides,
  historyOf,
  LIFE_ACTS,
  LIFE_STATUSES,
  type Life,
  type LifeAct,
  type LifeConsent,
  lifeAfter,
  lifeRefusal,
  lifeWith,
  maySpeakInLife,
  openActs,
} from './mechanism-life.js';

const TODAY = '2026-11-24';
const consent = (side: Side, act: LifeAct, on = '2026-05-01', more: Partial<LifeConsent> = {}): LifeConsent => ({
  ...{ side, act, on, at: '2026-05-01T01:00:00Z', version: 2, ...more },
});
const WHY = { reason: { zh: '停止活动' } };

/** Days of a few years, so that orders collide. */
const day = fc.integer({ min: 0, max: 60 }).map((n) => new Date(Date.UTC(2026, 9, 1 + n)).toISOString().slice(0, 10));
const anyConsent = fc
  .record({ side: fc.constantFrom(...SIDES), act: fc.constantFrom(...LIFE_ACTS), on: day, why: fc.boolean() })
  .map(({ side, act, on, why }) => consent(side, act, on, why ? WHY : {}));
const anySides = fc.constantFrom<Side[]>(['cn'], ['ru'], ['cn', 'ru']);

const live = (sides: Side[], wishes: LifeConsent[], begin: Life = { status: 'sought' }): Life[] => {
  const lives: Life[] = [begin];
  for (const wish of wishes) {
    const life = lives.at(-1)!;
    if (!lifeRefusal(life, wish, sides, TODAY)) lives.push(lifeWith(life, wish, sides));
  }
  return lives;
};

describe('the life of a mechanism', () => {
  it('goes only where the domain says', () => {
    const steps = LIFE_ACTS.flatMap((act) =>
      LIFE_STATUSES.flatMap((from) => (lifeAfter(act, from) ? [`${from} ${act} ${lifeAfter(act, from)}`] : [])),
    );
    expect(steps).toEqual([
      'sought agree agreed',
      'agreed found active',
      'active rest dormant',
      'dormant resume active',
      'agreed end ended',
      'active end ended',
      'dormant end ended',
    ]);
    expect(openActs('ended')).toEqual([]);
    expect(openActs('dormant')).toEqual(['resume', 'end']);
  });

  it('is agreed and founded only by all sides, whatever is said in whatever order', () => {
    fc.assert(
      fc.property(anySides, fc.array(anyConsent, { maxLength: 30 }), (sides, wishes) => {
        for (const { status, statusHistory, consents } of live(sides, wishes)) {
          for (const entry of (statusHistory ?? []).slice(1)) {
            const spoke = entry.consents!.map(({ side }) => side);
            expect(spoke).toEqual(entry.status === 'dormant' ? [expect.anything()] : sides);
          }
          expect((statusHistory ?? []).at(-1)?.status ?? status).toBe(status);
          expect(new Set((consents ?? []).map(({ side }) => side)).size).toBe(consents?.length ?? 0);
          for (const { act } of consents ?? []) expect(awaitedFor(act, consents!, sides)).not.toEqual([]);
        }
      }),
    );
  });

  it('has dates that never go back, none of them ahead', () => {
    fc.assert(
      fc.property(anySides, fc.array(anyConsent, { maxLength: 30 }), (sides, wishes) => {
        const last = live(sides, wishes).at(-1)!;
        const days = historyOf(last).flatMap(({ on }) => (on ? [on] : []));
        expect(days).toEqual([...days].sort());
        expect(days.every((on) => on <= TODAY)).toBe(true);
        expect(last.statusOn ?? undefined).toBe(days.at(-1));
      }),
    );
  });

  it('says why a body rests or ends', () => {
    fc.assert(
      fc.property(anySides, fc.array(anyConsent, { maxLength: 30 }), (sides, wishes) => {
        for (const { status, consents } of historyOf(live(sides, wishes).at(-1)!))
          if (status === 'dormant' || status === 'ended') expect(consents!.some(({ reason }) => reason)).toBe(true);
      }),
    );
  });
});

describe('a consent', () => {
  const both: Side[] = ['cn', 'ru'];
  const agreed: Life = { status: 'agreed', statusOn: '2026-03-01' };

  it('of one side waits and is seen, that of the second takes the step on the later day', () => {
    const one = lifeWith(agreed, consent('ru', 'found', '2026-04-02'), both);
    expect(one).toMatchObject({ status: 'agreed', statusOn: '2026-03-01', consents: [{ side: 'ru', act: 'found' }] });
    const two = lifeWith(one, consent('cn', 'found', '2026-04-01'), both);
    expect(two).toMatchObject({ status: 'active', statusOn: '2026-04-02', consents: [] });
    expect(two.statusHistory).toMatchObject([
      { status: 'agreed', on: '2026-03-01', consents: [] },
      { status: 'active', on: '2026-04-02', consents: [{ side: 'cn' }, { side: 'ru' }] },
    ]);
  });

  it('to one thing takes the place of that to another', () => {
    const wish = lifeWith(agreed, consent('ru', 'found'), both);
    const changed = lifeWith(wish, consent('ru', 'end', '2026-06-01', WHY), both);
    expect(changed.consents).toMatchObject([{ side: 'ru', act: 'end' }]);
    expect(lifeWith(changed, consent('cn', 'found'), both)).toMatchObject({ status: 'agreed' });
  });

  it.each([
    ['wrong-status', consent('cn', 'rest', undefined, WHY)],
    ['not-yet', consent('cn', 'found', '2026-11-25')],
    ['before-status', consent('cn', 'found', '2026-02-28')],
    ['reason-missing', consent('cn', 'end')],
    ['consented-already', consent('ru', 'found')],
  ])('is refused: %s', (refusal, given) => {
    const life = lifeWith(agreed, consent('ru', 'found'), both);
    expect(lifeRefusal(life, given, both, TODAY)).toBe(refusal);
  });

  it('of a side that takes no part counts for nothing', () => {
    expect(lifeRefusal(agreed, consent('ru', 'found'), ['cn'], TODAY)).toBe('not-a-side');
    expect(decidingSides(['cn', 'other'])).toEqual(['cn']);
    expect(decidingSides(null)).toEqual(both);
  });

  it('needs no second reason for what the other side has explained', () => {
    const life = lifeWith(agreed, consent('ru', 'end', undefined, WHY), both);
    expect(lifeRefusal(life, consent('cn', 'end'), both, TODAY)).toBeUndefined();
  });
});

describe('whoever speaks', () => {
  it('speaks for the own side alone, and as keeper of the record only for a body of that side', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SIDES),
        fc.constantFrom<Side | null>('cn', 'ru', null),
        fc.constantFrom<Side | null>('cn', 'ru', null),
        anySides,
        (named, coordinates, ownsFor, sides) => {
          const may = maySpeakInLife(named, { coordinates, ownsFor }, sides);
          if (may) expect([coordinates, ownsFor]).toContain(named);
          if (sides.length > 1) expect(may).toBe(coordinates === named);
        },
      ),
    );
  });
});
