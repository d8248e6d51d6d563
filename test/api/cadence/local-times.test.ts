import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf } from '../../support/actors.js';
import { Cooperation, seedId } from '../../support/cadence.js';
import { startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
let cooperation: Cooperation;
beforeAll(async () => {
  portal = await startPortal();
  cooperation = new Cooperation(portal, await actorOf(portal, 'org-heihe-ftz'));
});
afterAll(() => portal?.close());

const LATE = { startsAt: '2026-06-30T23:30:00+08:00', timeZone: 'Asia/Shanghai' };
const withParties = async (...keys: string[]) =>
  cooperation.mechanism({ parties: await Promise.all(keys.map(async (key) => ({ id: await seedId(portal, key) }))) });

const localTimes = async (mechanism: string | null, more: object = LATE) => {
  const id = await cooperation.meeting(mechanism, more);
  const [one, list] = await Promise.all([portal.ask(`/meetings/${id}`), portal.ask(`/meetings?ids=${id}`)]);
  expect(list.body.items[0].localTimes).toEqual(one.body.localTimes);
  return one.body.localTimes;
};

const CN = { date: '2026-06-30', time: '23:30', timeZone: 'Asia/Shanghai', offset: '+08:00', basis: 'whole-side' };
const NOTHING = { date: null, time: null, timeZone: null, offset: null };

describe('the local times of a meeting', () => {
  it('are tomorrow on the other bank at 23:30 in Heihe', async () => {
    expect(await localTimes(await withParties('org-heihe-ftz', 'org-amur-gov'))).toEqual({
      cn: CN,
      ru: { date: '2026-07-01', time: '00:30', timeZone: 'Asia/Yakutsk', offset: '+09:00', basis: 'partners' },
      host: { ...CN, basis: 'host' },
    });
  });

  it('are those of Vladivostok for the Jewish Autonomous Oblast', async () => {
    const { ru } = await localTimes(await withParties('org-tongjiang-gov', 'org-eao-gov'));
    expect(ru).toMatchObject({ date: '2026-07-01', time: '01:30', timeZone: 'Asia/Vladivostok', offset: '+10:00' });
  });

  it('are those of a Russian host, whoever takes part', async () => {
    const region = { id: await seedId(portal, 'region-blagoveshchensk') };
    const { ru } = await localTimes(null, { ...LATE, hostRegion: region });
    expect(ru).toMatchObject({ time: '00:30', timeZone: 'Asia/Yakutsk', basis: 'host' });
    const online = { startsAt: LATE.startsAt, hostSide: 'ru', timeZone: 'Asia/Vladivostok' };
    expect((await localTimes(null, online)).ru).toMatchObject({ time: '01:30', basis: 'host' });
  });

  it('are not guessed where the Russian zone is not known, or there are several', async () => {
    expect((await localTimes(null)).ru).toEqual({ ...NOTHING, basis: 'not-known' });
    expect((await localTimes(await withParties('org-ru-government'))).ru).toEqual({ ...NOTHING, basis: 'not-known' });
    const both = await withParties('org-amur-gov', 'org-eao-gov');
    expect((await localTimes(both)).ru).toEqual({ ...NOTHING, basis: 'several-zones' });
  });

  it('are null where only the day is known', async () => {
    expect(await localTimes(null, { heldOn: '2026-06-30', timeZone: 'Asia/Shanghai' })).toBeNull();
  });

  it.each([
    ['2024-02-29T08:00:00+08:00', '2024-02-29', '09:00', '+09:00'],
    ['2026-01-15T08:00:00+08:00', '2026-01-15', '09:00', '+09:00'],
    ['2026-07-15T08:00:00+08:00', '2026-07-15', '09:00', '+09:00'],
    ['2012-07-15T08:00:00+08:00', '2012-07-15', '10:00', '+10:00'],
  ])(
    'H124 know the leap day, no summer time, and the former offsets of Yakutsk: %s',
    async (startsAt, date, time, offset) => {
      const region = { id: await seedId(portal, 'region-ru-amu') };
      expect((await localTimes(null, { startsAt, hostRegion: region })).ru).toMatchObject({ date, time, offset });
    },
  );
});
