import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mechanismSpec } from '../../src/features/mechanisms/mechanism.resource.js';
import { membershipSpec } from '../../src/features/mechanisms/membership.resource.js';
import { pairingSpec } from '../../src/features/mechanisms/pairing.resource.js';
import { actorOf } from '../support/actors.js';
import { describeResource } from '../support/describe-resource.js';
import { startPortal, type TestPortal } from '../support/portal.js';

describeResource(mechanismSpec);
describeResource(membershipSpec);
describeResource(pairingSpec);

describe('cooperation mechanisms', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal.close());

  const idOf = async (key: string): Promise<string> =>
    (await portal.sql('select record_id from seed_row where key = $1', [key]))[0]!.record_id as string;

  it('shows the leaders’ meeting of Tongjiang and the Jewish Autonomous Oblast with both sides', async () => {
    const { body } = await portal.ask(`/mechanisms/${await idOf('mech-tj-eao-leaders')}?lang=ru`);
    expect(body.kind).toBe('leaders-meeting');
    expect(body.members.cn.map((member: { organization: { id: string } }) => member.organization.id)).toContain(
      await idOf('org-tongjiang-gov'),
    );
    expect(
      body.members.ru.map((member: { organization: { name: object } }) => member.organization.name),
    ).toContainEqual({
      ru: 'Правительство Еврейской автономной области',
    });
  });

  it('shows the yearly meeting of Heihe with Amur Oblast and its recurrence rule', async () => {
    const { body } = await portal.ask(`/mechanisms/${await idOf('mech-heihe-amur-annual')}?lang=zh`);
    expect(body.cadence).toMatchObject({ kind: 'rule', rule: 'FREQ=YEARLY', timeZone: 'Asia/Shanghai' });
    expect([body.members.cn.length, body.members.ru.length]).toEqual([1, 2]);
  });

  it('climbs the escalation chain as the mechanisms state it', async () => {
    const stated = await portal.sql(
      `with recursive chain as (
         select m.id, m.escalates_to_id, 0 as step from mechanism m where m.id = $1
         union all select up.id, up.escalates_to_id, step + 1 from chain join mechanism up on up.id = chain.escalates_to_id)
       select id from chain where step > 0 order by step`,
      [await idOf('mech-tj-leading-group-office')],
    );
    const { body } = await portal.ask(`/mechanisms/${await idOf('mech-tj-leading-group-office')}`);
    expect(stated.length).toBeGreaterThan(1);
    expect(body.escalationChain.map((step: { id: string }) => step.id)).toEqual(stated.map((row) => row.id));
  });

  it('names secretariat, chair by post and members of the leading group in their order', async () => {
    const { body } = await portal.ask(`/mechanisms/${await idOf('mech-tj-leading-group')}?lang=zh`);
    expect(body.chairs).toEqual([expect.objectContaining({ side: 'cn', post: { zh: '市长' } })]);
    const order = body.members.cn.map((member: { order: number }) => member.order);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order.length).toBeGreaterThan(20);
  });

  it('takes a recurrence rule only as RFC 5545 writes it, and only where the cadence is a rule', async () => {
    const actor = await actorOf(portal, 'org-tongjiang-gov');
    const post = (cadence: object) =>
      portal.ask('/mechanisms', {
        method: 'POST',
        actor,
        json: {
          name: { zh: '机制', ru: 'Механизм' },
          kind: 'working-group',
          status: 'sought',
          sourceLanguage: 'zh',
          cadence,
        },
      });
    const bad = await post({ kind: 'rule', rule: 'EVERY HALF YEAR', timeZone: 'Asia/Shanghai' });
    expect(bad.body.errors).toContainEqual(
      expect.objectContaining({ pointer: '/cadence/rule', code: 'invalid-recurrence' }),
    );
    const zone = await post({ kind: 'rule', rule: 'FREQ=YEARLY', timeZone: 'Heihe' });
    expect(zone.body.errors).toContainEqual(
      expect.objectContaining({ pointer: '/cadence/timeZone', code: 'invalid-time-zone' }),
    );
    expect((await post({ kind: 'on-demand', rule: 'FREQ=YEARLY' })).status).toBe(400);
    expect((await post({ kind: 'rule', rule: 'FREQ=MONTHLY;INTERVAL=6', timeZone: 'Asia/Shanghai' })).status).toBe(201);
  });
});
