import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountOf, type SignedIn } from '../support/accounts.js';
import { type Answer, startPortal, type TestPortal } from '../support/portal.js';
import { type FivePeople, fivePeople, leadersAndGroup } from '../support/story.js';

let portal: TestPortal;
let people: FivePeople;
let stranger: SignedIn;
let leaders: string;
/** A held meeting whose minutes have no Russian text yet. */
let meeting: string;
beforeAll(async () => {
  portal = await startPortal();
  people = await fivePeople(portal);
  stranger = await accountOf(portal, { roles: ['investor'], side: 'cn' });
  ({ leaders } = await leadersAndGroup(people));
  meeting = await people.chinese.publishes('/meetings', {
    title: { zh: '会晤', ru: 'Встреча' },
    ...{ kind: 'leaders', status: 'held', heldOn: '2026-05-20', mechanism: { id: leaders }, audience: 'partners' },
  });
  const item = { meeting: { id: meeting }, position: 1, text: { zh: '双方商定延长通关时间。' } };
  await people.chinese.does('/minutes-items', item);
});
afterAll(() => portal?.close());

const told = ({ status, body }: Answer): [number, string] => [status, body?.code];

const seal = (who: keyof FivePeople, act: string, json?: object) =>
  people[who].ask('POST', `/meetings/${meeting}/minutes/${act}`, json);

const hash = async (): Promise<string> => (await people.chinese.read(`/meetings/${meeting}/minutes`)).hash;

describe('what the portal refuses', () => {
  it('A17 one side that agrees, signs or confirms for the other', async () => {
    const seen = await hash();
    expect(told(await seal('chinese', 'agree', { language: 'ru', hash: seen }))).toEqual([403, 'auth.forbidden']);
    expect(told(await seal('russian', 'sign', { side: 'cn', hash: seen }))).toEqual([403, 'auth.forbidden']);
    expect(told(await seal('oblast', 'sign', { hash: seen }))).toEqual([403, 'auth.forbidden']);
    const next = await people.chinese.publishes('/meetings', {
      ...{ title: { zh: '下次会晤' }, kind: 'leaders', mechanism: { id: leaders }, startsAt: '2099-06-01T02:00:00Z' },
    });
    await people.chinese.step(`/meetings/${next}/propose`, {});
    const confirmed = await people.chinese.tries('POST', `/meetings/${next}/confirm`, { side: 'ru' });
    expect(told(confirmed)).toEqual([403, 'auth.forbidden']);
  });

  it('closing with one text', async () => {
    const seen = await hash();
    expect(told(await seal('chinese', 'agree', { language: 'zh', hash: seen }))).toEqual([200, undefined]);
    const missing = await seal('russian', 'agree', { language: 'ru', hash: seen });
    expect(told(missing)).toEqual([409, 'minutes.text-missing']);
    expect(missing.body.errors).toEqual([expect.objectContaining({ pointer: '/items/0/text/ru' })]);
    for (const who of ['chinese', 'russian'] as const)
      expect(told(await seal(who, 'close'))).toEqual([409, 'minutes.not-agreed']);
  });

  it('A9 a stranger who reads a draft, its minutes or its papers', async () => {
    const made = await people.chinese.does('/meetings', {
      title: { zh: '草案' },
      kind: 'leaders',
      sourceLanguage: 'zh',
    });
    const paths = ['', '/minutes', '/agenda', '/minutes.docx?copyFor=zh', '/history'].flatMap((rest) => [
      `/meetings/${made.id}${rest}`,
      `/meetings/${meeting}${rest}`,
    ]);
    for (const path of paths)
      for (const headers of [{}, stranger.headers])
        expect([path, ...told(await portal.ask(path, { headers }))]).toEqual([path, 404, 'resource.not-found']);
  });

  it('a slot in a year whose working days nobody has decreed yet', async () => {
    const wish = { from: '2031-06-01', to: '2031-06-30', durationMinutes: 60 };
    const answer = await people.chinese.ask('POST', `/mechanisms/${leaders}/slots`, wish);
    expect(told(answer)).toEqual([409, 'scheduling.calendar-unknown']);
  });

  it.each([
    ['that never comes to a day', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'],
    ['of every second', 'FREQ=SECONDLY'],
    ['of nonsense', 'every full moon'],
  ])('a cadence %s', async (_, rule) => {
    const cadence = { kind: 'rule', rule, timeZone: 'Asia/Shanghai' };
    const answer = await people.chinese.tries('PATCH', `/mechanisms/${leaders}`, { cadence });
    expect(told(answer)).toEqual([400, 'request.invalid']);
    expect(answer.body.errors).toEqual([
      expect.objectContaining({ pointer: '/cadence/rule', code: 'invalid-recurrence' }),
    ]);
  });

  it('and a rhythm without an end is told of for the years that were asked about', async () => {
    const { items } = await people.chinese.read('/mechanisms/cadence?on=2099-06-30&from=2098-01-01');
    const endless = items.find(({ mechanism }: { mechanism: { id: string } }) => mechanism.id === leaders);
    expect(endless.periods).toHaveLength(3);
  });
});
