import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { actorOf } from '../../support/actors.js';
import { Cooperation, seedId } from '../../support/cadence.js';
import { startPortal, type TestPortal } from '../../support/portal.js';

/** A calendar program of Debian; wherever changes are judged it has to be there. */
const KHAL = '/usr/bin/khal';
const withKhal = existsSync(KHAL) || process.env.CI ? it : it.skip;
if (!existsSync(KHAL)) process.stderr.write('\nTHE CALENDARS WERE NOT READ BY KHAL: it is not installed\n\n');

let portal: TestPortal;
let cooperation: Cooperation;
let mechanism: string;
const ids = new Map<string, string>();

const TITLES = {
  zh: '第三次会晤；议题：口岸, 通关\\换装; 其他——加长的标题以便折行，折行不得切断任何一个汉字',
  ru: 'Третья встреча; повестка: пункт пропуска, оформление – название длинное, чтобы строка была перенесена',
};

beforeAll(async () => {
  portal = await startPortal();
  cooperation = new Cooperation(portal, await actorOf(portal, 'org-heihe-ftz'));
  const cadence = { kind: 'rule', rule: 'FREQ=YEARLY', timeZone: 'Asia/Shanghai' };
  mechanism = await cooperation.mechanism({ cadence });
  const make = async (name: string, more: object) => ids.set(name, await cooperation.meeting(mechanism, more));
  await make('timed', {
    ...{ title: TITLES, venue: { zh: '黑河', ru: 'Хэйхэ' }, remark: { zh: '内部备注', ru: 'Служебная пометка' } },
    ...{ startsAt: '2026-06-30T23:30:00+08:00', endsAt: '2026-07-01T00:30:00+08:00', timeZone: 'Asia/Shanghai' },
  });
  await make('day', { title: { zh: '整日活动', ru: 'Весь день' }, heldOn: '2024-02-29' });
  await make('cancelled', { status: 'cancelled', heldOn: '2026-05-05' });
  await make('postponed', { status: 'postponed', heldOn: '2026-05-06' });
  await make('proposed', { status: 'proposed', startsAt: '2026-05-07T10:00:00+08:00' });
  await make('dateless', {});
  await make('partners', { heldOn: '2026-05-08', audience: 'partners' });
  ids.set(
    'draft',
    await cooperation.created('/meetings', {
      title: { zh: '草案' },
      kind: 'working',
      status: 'confirmed',
      heldOn: '2026-05-09',
      mechanism: { id: mechanism },
    }),
  );
});
afterAll(() => portal?.close());

const asked = async (query = '', path = `/mechanisms/${mechanism}/calendar.ics`, options = {}) => {
  const answer = await portal.ask(`${path}${query}`, options);
  expect([path, answer.status]).toEqual([path, 200]);
  return answer;
};

type Event = InstanceType<typeof ICAL.Event>;

const eventsOf = (text: string): Event[] =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));

const eventOf = (text: string, name: string): Event => {
  const found = eventsOf(text).filter(({ uid }) => uid.startsWith(ids.get(name)!));
  expect(found).toHaveLength(1);
  return found[0]!;
};

const statusOf = (event: Event) => event.component.getFirstPropertyValue('status');

describe('the calendar of a mechanism', () => {
  it('is a calendar by type and form, confirmed with 304', async () => {
    const { headers, text } = await asked('?lang=zh');
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(headers.get('content-language')).toBe('zh-Hans');
    expect(headers.get('cache-control')).toContain('public');
    expect(text.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true);
    expect(text).toContain('X-WR-TIMEZONE:Asia/Shanghai\r\n');
    const again = await portal.ask(`/mechanisms/${mechanism}/calendar.ics?lang=zh`, {
      headers: { 'If-None-Match': headers.get('etag')! },
    });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it('G98 ends its lines with CRLF alone, at 75 octets at most, and cuts no character', async () => {
    const { text } = await asked();
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line).not.toContain('\uFFFD');
    }
    expect(Number(/REFRESH-INTERVAL;VALUE=DURATION:PT(\d+)H/.exec(text)?.[1])).toBeGreaterThanOrEqual(1);
  });

  it.each([
    ['zh', TITLES.zh, '黑河'],
    ['ru', TITLES.ru, 'Хэйхэ'],
    ['all', `${TITLES.zh} / ${TITLES.ru}`, '黑河 / Хэйхэ'],
  ])('is in the language that is asked for (%s)', async (lang, summary, location) => {
    const event = eventOf((await asked(`?lang=${lang}`)).text, 'timed');
    expect([event.summary, event.location]).toEqual([summary, location]);
  });

  it('has instants, and whole days where the hours are not known', async () => {
    const { text } = await asked();
    const timed = eventOf(text, 'timed');
    expect(timed.startDate.toJSDate().toISOString()).toBe('2026-06-30T15:30:00.000Z');
    expect(timed.endDate.toJSDate().toISOString()).toBe('2026-06-30T16:30:00.000Z');
    const day = eventOf(text, 'day');
    expect([day.startDate.isDate, day.startDate.toString(), day.endDate.toString()]).toEqual([
      true,
      '2024-02-29',
      '2024-03-01',
    ]);
  });

  it('says what was cancelled, postponed or only proposed', async () => {
    const { text } = await asked('?lang=ru');
    const said = ['timed', 'cancelled', 'postponed', 'proposed'].map((name) => {
      const event = eventOf(text, name);
      return [name, statusOf(event), event.summary.split(' ')[0]];
    });
    expect(said).toEqual([
      ['timed', 'CONFIRMED', 'Третья'],
      ['cancelled', 'CANCELLED', '[Отменено]'],
      ['postponed', 'TENTATIVE', '[Отложено]'],
      ['proposed', 'TENTATIVE', '[Предложено]'],
    ]);
  });

  it('keeps the id of a meeting while its sequence grows with the version', async () => {
    const before = eventOf((await asked()).text, 'proposed');
    await cooperation.change(`/meetings/${ids.get('proposed')}`, 2, { startsAt: '2026-05-07T11:00:00+08:00' });
    const after = eventOf((await asked()).text, 'proposed');
    expect([after.uid, after.sequence]).toEqual([before.uid, before.sequence + 1]);
    expect(after.uid).toMatch(/^[0-9a-f-]{36}@[a-z0-9.]+$/);
  });

  it('A14 holds exactly the meetings that the list shows the asker, and no remark', async () => {
    for (const actor of [undefined, await actorOf(portal, 'org-amur-gov'), await actorOf(portal, 'org-heihe-ftz')]) {
      const options = actor ? { actor } : {};
      const { body } = await portal.ask(`/meetings?mechanism=${mechanism}&limit=100`, options);
      const listed = body.items.filter((item: { heldOn: unknown; startsAt: unknown }) => item.heldOn ?? item.startsAt);
      const { text } = await asked('', undefined, options);
      expect(
        eventsOf(text)
          .map(({ uid }) => uid.split('@')[0])
          .sort(),
      ).toEqual(listed.map(({ id }: { id: string }) => id).sort());
      expect(text).not.toContain('内部备注');
      expect(text).not.toContain('Служебная');
    }
  });

  it('is not there for a mechanism that is not seen', async () => {
    expect((await portal.ask('/mechanisms/01900000-0000-7000-8000-00000000ffff/calendar.ics')).status).toBe(404);
    expect((await portal.ask(`/mechanisms/${mechanism}/calendar.ics?year=2026`)).status).toBe(400);
  });
});

describe('the calendar of all meetings', () => {
  it('holds those of every mechanism and of none', async () => {
    const { text } = await asked('?lang=zh', '/calendar.ics');
    const uids = eventsOf(text).map(({ uid }) => uid.split('@')[0]);
    expect(uids).toEqual(
      expect.arrayContaining([ids.get('timed'), await seedId(portal, 'meeting-tongjiang-executive-39')]),
    );
    expect(uids).not.toContain(ids.get('partners'));
    expect(text).toContain('X-WR-CALNAME:中俄地方合作会晤日历\r\n');
  });

  it('is found under its own name alone', async () => {
    for (const path of ['/calendar', '/calendar.ICS', '/calendar.ics/', '/calendarxics']) {
      expect([path, (await fetch(`${portal.url}/api/v1${path}`)).status]).toEqual([path, 404]);
    }
  });
});

describe('a calendar program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'calendar-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  withKhal('khal shows the meetings in the hours of Heihe', async () => {
    mkdirSync(join(folder, 'meetings'));
    const formats = ['timeformat = %H:%M', 'dateformat = %Y-%m-%d', 'longdateformat = %Y-%m-%d'];
    const times = ['datetimeformat = %Y-%m-%d %H:%M', 'longdatetimeformat = %Y-%m-%d %H:%M'];
    const zones = ['local_timezone = Asia/Shanghai', 'default_timezone = Asia/Shanghai'];
    const calendars = ['[calendars]', '[[meetings]]', `path = ${join(folder, 'meetings')}`];
    const database = ['[sqlite]', `path = ${join(folder, 'khal.db')}`];
    writeFileSync(
      join(folder, 'config'),
      [...calendars, '[locale]', ...zones, ...formats, ...times, ...database, ''].join('\n'),
    );
    writeFileSync(join(folder, 'calendar.ics'), (await asked('?lang=all')).text);
    const run = [
      '-c',
      join(folder, 'config'),
      'printics',
      '--format',
      '{start-long}|{end-long}|{title}',
      join(folder, 'calendar.ics'),
    ];
    const shown = execFileSync(KHAL, run, {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8', HOME: folder },
    });
    expect(shown).toContain(`2026-06-30 23:30|2026-07-01 00:30|${TITLES.zh} / ${TITLES.ru}`);
    expect(shown).toContain('2024-02-29');
    expect(shown).toContain('5 events');
  });
});
