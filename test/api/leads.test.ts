import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leadSpec } from '../../src/features/leads/lead.resource.js';
import { describeResource } from '../support/describe-resource.js';
import { startPortal, type TestPortal } from '../support/portal.js';

describeResource(leadSpec);

describe('leads as an investor looks for them', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await startPortal();
  });
  afterAll(() => portal.close());

  const keysOf = async (query: string): Promise<string[]> => {
    const { body } = await portal.ask(`/leads?limit=100&${query}`);
    const rows = await portal.sql('select key, record_id from seed_row where resource = $1', ['lead']);
    const keys = new Map(rows.map((row) => [row.record_id, row.key as string]));
    return body.items.map((item: { id: string }) => keys.get(item.id)).sort();
  };
  const idOf = async (key: string): Promise<string> =>
    (await portal.sql('select record_id from seed_row where key = $1', [key]))[0]!.record_id as string;

  it('finds the cold-chain park with its 280 000 000 CNY in both languages', async () => {
    for (const [lang, name] of [
      ['zh', '同江晶都国际冷链物流产业园项目'],
      ['ru', 'Тунцзянский индустриальный парк международной холодовой логистики «Цзинду»'],
    ]) {
      const { body } = await portal.ask(`/leads?lang=${lang}&investmentMin=280000000&investmentMax=280000000`);
      expect(body.items).toHaveLength(1);
      expect(body.items[0]).toMatchObject({
        name: { [lang!]: name },
        totalInvestment: { amount: '280000000', currency: 'CNY', exactness: 'exact' },
        landArea: { value: 120000, unit: 'm2', exactness: 'exact' },
      });
    }
  });

  it('keeps what was said as about, and both ends of a range', async () => {
    const timber = await portal.ask(`/leads/${await idOf('lead-zhonglin-timber')}`);
    expect(timber.body.landArea).toEqual({ min: 1500000, max: 2000000, unit: 'm2', exactness: 'range' });
    expect(timber.body.phases).toBe(3);
    const park = await portal.ask(`/leads/${await idOf('lead-rail-road-logistics-park')}`);
    expect(park.body.totalInvestment).toEqual({ amount: '390000000', currency: 'CNY', exactness: 'about' });
  });

  it('filters by stage, zone, industry, side, investment and text, alone and together', async () => {
    const zone = await idOf('zone-heihe-ftz');
    const [tourism, logistics] = [await idOf('industry-tourism'), await idOf('industry-logistics')];
    const trial = ['lead-baokang-pharma', 'lead-new-silk-road-timber'];
    expect(await keysOf('stage=trial-production')).toEqual(trial);
    expect(await keysOf(`zone=${zone}`)).toEqual(trial);
    expect(await keysOf(`industry=${tourism}`)).toEqual(['lead-lianhuashan-resort', 'lead-songhuahu-resort']);
    const both = await keysOf(`industry=${tourism},${logistics}`);
    expect(both).toEqual(expect.arrayContaining(['lead-songhuahu-resort', 'lead-rail-road-logistics-park']));
    expect(await keysOf('investmentMin=400000000')).toEqual(['lead-russia-agri-chain', 'lead-zhonglin-timber']);
    expect(await keysOf('side=ru')).toEqual([]);
    expect(await keysOf('side=cn')).toHaveLength(11);
    expect(await keysOf(`q=${encodeURIComponent('冷链')}`)).toEqual(['lead-jingdu-cold-chain']);
    expect(await keysOf(`q=${encodeURIComponent('холодовой')}`)).toEqual(['lead-jingdu-cold-chain']);
    expect(await keysOf(`stage=under-construction&zone=${zone}`)).toEqual([]);
    for (const literal of ['%25', '_', '%5C']) expect(await keysOf(`q=${literal}`)).toEqual([]);
  });

  it('sorts by investment, what states none at the end of either order', async () => {
    for (const [sort, order] of [
      ['totalInvestment', 1],
      ['-totalInvestment', -1],
    ] as const) {
      const { body } = await portal.ask(`/leads?sort=${sort}&limit=100`);
      const amounts: (number | null)[] = body.items.map((item: { totalInvestment: { amount: string } | null }) =>
        item.totalInvestment ? Number(item.totalInvestment.amount) : null,
      );
      const stated = amounts.filter((amount) => amount !== null);
      expect(amounts.slice(0, stated.length)).toEqual([...stated].sort((a, b) => order * (a - b)));
    }
  });

  it('shows the dated stage log with the document and the task it rests on', async () => {
    const { body } = await portal.ask(`/leads/${await idOf('lead-jingdu-cold-chain')}?lang=ru`);
    expect(body.stageLog).toEqual([
      expect.objectContaining({
        stage: 'under-construction',
        year: 2019,
        planned: expect.any(Boolean),
        task: { id: expect.any(String), name: { ru: expect.any(String) } },
      }),
    ]);
  });
});
