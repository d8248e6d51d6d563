import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPortal, type TestPortal } from '../../support/portal.js';

let portal: TestPortal;
beforeAll(async () => {
  portal = await startPortal({ template: 'portal_empty' });
});
afterAll(() => portal?.close());

describe('working days', () => {
  it.each(['zh', 'ru'])('are told of both sides day by day, with holiday and source (%s)', async (lang) => {
    const { status, body } = await portal.ask(`/working-days?from=2025-10-31&to=2025-11-01&lang=${lang}`);
    expect(status).toBe(200);
    expect(body.items.map((day: Record<string, unknown>) => [day.date, day.side, day.status])).toEqual([
      ['2025-10-31', 'cn', 'working'],
      ['2025-10-31', 'ru', 'working'],
      ['2025-11-01', 'cn', 'weekend'],
      ['2025-11-01', 'ru', 'make-up'],
    ]);
    expect(Object.keys(body.items[3].name)).toEqual([lang]);
    expect(body.items[3].source[lang]).toContain('1335');
  });

  it('come in both languages, for one side where asked', async () => {
    const { body } = await portal.ask('/working-days?from=2026-02-16&to=2026-02-16&side=cn');
    expect(body.items).toEqual([
      {
        ...{ date: '2026-02-16', side: 'cn', status: 'holiday' },
        name: { zh: '春节', ru: expect.stringContaining('Праздник Весны') },
        source: { zh: expect.stringContaining('国办发明电〔2025〕7号'), ru: expect.stringContaining('04.11.2025') },
      },
    ]);
  });

  it('are unknown in a year without a decree, and never guessed', async () => {
    const { body } = await portal.ask('/working-days?from=2026-12-31&to=2027-01-02');
    const of = (day: string) => body.items.filter(({ date }: { date: string }) => date === day);
    expect(of('2026-12-31').map(({ status }: { status: string }) => status)).toEqual(['working', 'transferred']);
    for (const day of [...of('2027-01-01'), ...of('2027-01-02')])
      expect(day).toMatchObject({ status: 'unknown', name: null, source: null });
  });

  it.each([
    ['', 'from', 'required'],
    ['from=2026-01-01', 'to', 'required'],
    ['from=2026-02-30&to=2026-03-01', 'from', 'invalid-date'],
    ['from=2026-03-01&to=2026-02-01', 'to', 'order-of-dates'],
    ['from=1900-01-01&to=2200-01-01', 'to', 'invalid-value'],
    ['from=2026-01-01&to=2026-01-01&side=other', 'side', 'unknown-code'],
  ])('refuse ?%s', async (query, parameter, code) => {
    const { status, body } = await portal.ask(`/working-days?${query}`);
    expect([status, body.errors[0].parameter, body.errors[0].code]).toEqual([400, parameter, code]);
  });

  it('are confirmed with 304', async () => {
    const path = '/working-days?from=2026-01-01&to=2026-01-31';
    const { headers } = await portal.ask(path);
    expect((await portal.ask(path, { headers: { 'If-None-Match': headers.get('etag')! } })).status).toBe(304);
  });
});
