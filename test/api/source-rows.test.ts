import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { actorOf } from '../support/actors.js';
import { Cooperation } from '../support/cadence.js';
import { startPortal, type TestPortal } from '../support/portal.js';

const TABLE = readFileSync(new URL('../../docs/source-rows.md', import.meta.url), 'utf8');

type Row = { number: string; request: string; finds: string[] };

/** The rows of the table as people read it. */
const ROWS = TABLE.split('\n').flatMap((line): Row[] => {
  const [number, , request, finds] = line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
  return /^\d-\d\d$/.test(number ?? '')
    ? [{ number: number!, request: request!.replaceAll('`', ''), finds: finds!.split(', ') }]
    : [];
});

let portal: TestPortal;
let ids: Map<string, string>;
beforeAll(async () => {
  portal = await startPortal();
  const rows = await portal.sql('select key, record_id from seed_row');
  ids = new Map(rows.map(({ key, record_id: id }) => [key as string, id as string]));
});
afterAll(() => portal?.close());

const idOf = (key: string): string => {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`no seeded record is called ${key}`);
  return id;
};

/** The texts by which a record is called, whatever its resource names them. */
const called = (item: Record<string, unknown>) => item.name ?? item.title ?? item.text ?? item.post ?? item.field;

describe('what the source documents ask for', () => {
  it('is told of every row', () => {
    expect(ROWS.length).toBeGreaterThanOrEqual(34);
    expect(new Set(ROWS.map(({ number }) => number)).size).toBe(ROWS.length);
  });

  describe.each(['zh', 'ru'])('is answered in %s', (language) => {
    it.each(ROWS.map((row) => [row.number, row] as const))('%s', async (_, { request, finds }) => {
      const path = request.replaceAll(/\{([a-z0-9-]+)\}/g, (_match, key: string) => idOf(key));
      const { status, body } = await portal.ask(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`);
      expect(status).toBe(200);
      const found = new Map(body.items.map((item: { id: string }) => [item.id, item]));
      for (const key of finds) {
        const item = found.get(idOf(key)) as Record<string, unknown> | undefined;
        expect([key, item !== undefined]).toEqual([key, true]);
        expect(called(item!)).toBeTruthy();
      }
    });
  });
});

describe('events that no source has dated yet', () => {
  const event = async (json: object) => {
    const owner = await actorOf(portal, 'org-tongjiang-gov');
    const id = await new Cooperation(portal, owner).published('/meetings', { audience: 'public', ...json });
    return (await portal.ask(`/meetings/${id}?lang=all`)).body;
  };

  it('1-30 with a think tank are held in a room and online at once', async () => {
    const host = { id: idOf('org-hit') };
    const title = { zh: '智库研讨', ru: 'Обсуждение с аналитическим центром' };
    const made = await event({ title, kind: 'consultation', form: 'hybrid', hostOrganization: host });
    expect(made).toMatchObject({ kind: 'consultation', form: 'hybrid', hostOrganization: host });
    const { body } = await portal.ask('/meetings?kind=consultation&form=hybrid');
    expect(body.items.map(({ id }: { id: string }) => id)).toContain(made.id);
  });

  it('2-34 are editions of one fair', async () => {
    const mechanism = { id: idOf('mech-china-northeast-asia-expo') };
    const title = { zh: '第十五届博览会', ru: 'Пятнадцатая выставка' };
    const made = await event({ title, kind: 'fair', mechanism, numberInSeries: 15 });
    const { body } = await portal.ask(`/meetings?mechanism=${mechanism.id}&numberInSeries=15`);
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([made.id]);
  });

  it('4-07 train people of both sides', async () => {
    const title = { zh: '跨境合作干部培训', ru: 'Обучение служащих приграничному сотрудничеству' };
    const made = await event({ title, kind: 'training', form: 'online' });
    const { body } = await portal.ask('/meetings?kind=training&lang=ru');
    expect(body.items).toContainEqual(expect.objectContaining({ id: made.id, title: { ru: title.ru } }));
  });
});
