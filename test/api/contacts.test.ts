import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../src/kernel/actor.js';
import { seedId } from '../support/cadence.js';
import { Meetings, type Parties, partiesOf } from '../support/meetings.js';
import { type Answer, startPortal, type TestPortal } from '../support/portal.js';

let portal: TestPortal;
let parties: Parties;
let meetings: Meetings;
let pairing: string;
beforeAll(async () => {
  portal = await startPortal();
  parties = await partiesOf(portal);
  meetings = new Meetings(portal, parties);
  pairing = await seedId(portal, 'pair-heihe-amur');
});
afterAll(() => portal?.close());

const BODY = {
  sourceLanguage: 'zh',
  on: '2026-05-12',
  form: 'call',
  initiatedBy: 'cn',
  subject: { zh: '商定集群对接会', ru: 'О встрече кластеров' },
  outcome: { zh: '初步定于七月' },
};
const body = (more: object = {}) => ({ ...BODY, pairing: { id: pairing }, ...more });

const create = (actor: AccountActor, more: object = {}): Promise<Answer> =>
  portal.ask('/contacts', { method: 'POST', actor, json: body(more) });

const logged = (actor: AccountActor, more: object = {}) => meetings.published('/contacts', actor, body(more));

const fault = ({ status, body: { errors } }: Answer) => [status, errors?.[0]?.pointer, errors?.[0]?.code];

const pairingAs = async (actor?: AccountActor) =>
  (await portal.ask(`/pairings/${pairing}`, actor ? { actor } : {})).body;

describe('the contact log of a pairing', () => {
  it('0-24 is kept by either unit and read by the partners, the last contact and their count beside the pairing', async () => {
    expect((await pairingAs(parties.ru.official)).contactSummary).toEqual({
      ...{ count: 0, lastOn: null, lastForm: null, nextDueOn: null },
    });
    await logged(parties.cn.official);
    const visit = await logged(parties.ru.official, {
      ...{ sourceLanguage: 'ru', on: '2026-06-20', form: 'visit', initiatedBy: 'ru' },
      ...{ subject: { ru: 'Поездка в Хэйхэ' }, outcome: null, nextDueOn: '2026-09-01' },
    });
    const seen = await pairingAs(parties.cn.official);
    expect(seen.contactSummary).toEqual({ count: 2, lastOn: '2026-06-20', lastForm: 'visit', nextDueOn: '2026-09-01' });
    expect(seen.contacts[0]).toMatchObject({ id: visit, audience: 'partners', subject: { ru: 'Поездка в Хэйхэ' } });
    const listed = await portal.ask(`/pairings?ids=${pairing}`, { actor: parties.ru.official });
    expect(listed.body.items[0].contactSummary.count).toBe(2);
  });

  it('A6 tells those outside nothing: neither contacts nor how many or how long ago', async () => {
    await logged(parties.cn.official, { on: '2026-07-01' });
    const seen = await pairingAs();
    expect([seen.contactSummary, seen.contacts]).toEqual([
      ...[{ count: 0, lastOn: null, lastForm: null, nextDueOn: null }, []],
    ]);
    expect((await portal.ask('/contacts')).body.items).toEqual([]);
    const quiet = async (actor?: AccountActor) => {
      const { body } = await portal.ask('/pairings?quietSince=2026-06-01', actor ? { actor } : {});
      return body.items.some(({ id }: { id: string }) => id === pairing);
    };
    expect([await quiet(), await quiet(parties.ru.official)]).toEqual([true, false]);
  });

  it('is never public', async () => {
    expect((await create(parties.cn.official)).body.audience).toBe('partners');
    const open = await create(parties.cn.official, { audience: 'public' });
    expect([open.status, open.body.errors?.[0]?.pointer]).toEqual([400, '/audience']);
  });

  it('finds the pairings that have been quiet since a day', async () => {
    const since = async (day: string) => {
      const { body } = await portal.ask(`/pairings?quietSince=${day}&count=true`, { actor: parties.cn.official });
      return [body.page.total, body.items.some(({ id }: { id: string }) => id === pairing)];
    };
    await logged(parties.cn.official, { on: '2026-08-10' });
    const [all] = (await portal.sql(`select count(*)::int as n from pairing`)) as { n: number }[];
    expect(await since('2026-08-10')).toEqual([all!.n - 1, false]);
    expect(await since('2026-08-11')).toEqual([all!.n, true]);
    const bad = await portal.ask('/pairings?quietSince=2026-02-30', { actor: parties.cn.official });
    expect(bad.body).toMatchObject({ status: 400, errors: [{ parameter: 'quietSince' }] });
  });

  it('tells of what has been, and of the next contact after it', async () => {
    const ahead = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    expect(fault(await create(parties.cn.official, { on: ahead }))).toEqual([400, '/on', 'date-ahead']);
    expect(fault(await create(parties.cn.official, { nextDueOn: '2026-05-11' }))).toEqual([
      ...[400, '/nextDueOn', 'order-of-dates'],
    ]);
    expect(fault(await create(parties.cn.official, { form: 'telegram' }))).toEqual([400, '/form', 'unknown-code']);
  });

  it('A1 is changed by whoever wrote the entry, and by nobody of the other side', async () => {
    const id = await logged(parties.cn.official);
    const patch = (actor: AccountActor) =>
      meetings.patch(`/contacts/${id}`, 'contact', actor, { nextDueOn: '2026-10-01' });
    expect((await patch(parties.ru.official)).status).toBe(403);
    expect((await patch(parties.ru.secretariat)).status).toBe(403);
    expect((await patch(parties.cn.official)).body.nextDueOn).toBe('2026-10-01');
  });

  it('is filtered by pairing, form and when the next contact is due, and found by its words', async () => {
    const id = await logged(parties.cn.official, {
      ...{ form: 'letter', nextDueOn: '2027-01-15', subject: { zh: '关于木材加工园区的来函' } },
    });
    const ids = async (query: string) => {
      const { body } = await portal.ask(`/contacts?${query}`, { actor: parties.ru.official });
      return body.items.map((item: { id: string }) => item.id);
    };
    expect(await ids(`pairing=${pairing}&form=letter`)).toEqual([id]);
    expect(await ids('nextDueFrom=2027-01-01&nextDueTo=2027-01-31')).toEqual([id]);
    expect(await ids(`q=${encodeURIComponent('木材加工')}`)).toEqual([id]);
    const found = await portal.ask(`/search?q=${encodeURIComponent('木材加工园区的来函')}`, {
      actor: parties.ru.official,
    });
    expect(found.body.items.map((item: { id: string }) => item.id)).toContain(id);
  });
});
