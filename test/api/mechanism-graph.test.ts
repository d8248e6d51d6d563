import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DOMParser } from '@xmldom/xmldom';
import { actorOf } from '../support/actors.js';
import { seedId } from '../support/cadence.js';
import { startPortal, type TestPortal } from '../support/portal.js';

type Node = { id: string; kind: string; name: Record<string, string>; side: string | null; focus: boolean };
type Edge = { from: string; to: string; kind: string; role: string | null };

let portal: TestPortal;
let leaders: string;
let group: string;
beforeAll(async () => {
  portal = await startPortal();
  leaders = await seedId(portal, 'mech-tj-eao-leaders');
  group = await seedId(portal, 'mech-tj-leading-group');
});
afterAll(() => portal.close());

const graphOf = async (id: string, options = {}): Promise<{ nodes: Node[]; edges: Edge[] }> =>
  (await portal.ask(`/mechanisms/${id}/graph?lang=all`, options)).body;
const idOf = async (key: string): Promise<string> => seedId(portal, key);

describe('the graph of a mechanism', () => {
  it('has its members by side, the ladder above it and what escalates to it (rows 0-19, 0-28, 2-10)', async () => {
    const { nodes, edges } = await graphOf(leaders);
    expect(nodes.filter(({ focus }) => focus).map(({ id }) => id)).toEqual([leaders]);
    const members = edges.filter(({ kind, to }) => kind === 'member' && to === leaders).map(({ from }) => from);
    expect(
      nodes
        .filter(({ id }) => members.includes(id))
        .map(({ side }) => side)
        .sort(),
    ).toEqual(['cn', 'ru']);
    expect(edges).toContainEqual(expect.objectContaining({ from: group, to: leaders, kind: 'escalates-to' }));
    const above = edges.find(({ from, kind }) => from === leaders && kind === 'escalates-to')!;
    expect(nodes.find(({ id }) => id === above.to)!.kind).toBe('mechanism');
  });

  it('names the seats of the Tongjiang leading group, each body once', async () => {
    const { nodes, edges } = await graphOf(group);
    const { body } = await portal.ask(`/mechanisms/${group}`);
    const seats = Object.values(body.members as Record<string, { organization: { id: string } }[]>).flat();
    const seated = edges.filter(({ kind }) => kind === 'member').map(({ from }) => from);
    expect(new Set(seated)).toEqual(new Set(seats.map(({ organization }) => organization.id)));
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
    for (const { from, to } of edges) expect([from, to].every((end) => nodes.some(({ id }) => id === end))).toBe(true);
  });

  it('A15 shows nobody and no line that the asker may not see', async () => {
    const hidden = await idOf('org-tj-customs');
    const before = await graphOf(group);
    expect(before.nodes.map(({ id }) => id)).toContain(hidden);
    await portal.sql(`update organization set audience = 'side' where id = $1`, [hidden]);
    const after = await graphOf(group);
    expect(JSON.stringify(after)).not.toContain(hidden);
    const own = await graphOf(group, { actor: await actorOf(portal, 'org-tongjiang-gov') });
    expect(JSON.stringify(own)).toContain(hidden);
    const picture = await portal.ask(`/mechanisms/${group}/graph.svg?lang=zh`);
    expect(picture.text).not.toContain('同江海关');
  });

  it('is a picture in which the reader’s own side stands on the left', async () => {
    for (const [lang, first, name] of [
      ['zh', '中方', '同江市人民政府'],
      ['ru', 'российская сторона', 'Правительство Еврейской автономной'],
    ]) {
      const answer = await portal.ask(`/mechanisms/${leaders}/graph.svg?lang=${lang}`);
      expect(answer.headers.get('content-type')).toBe('image/svg+xml');
      const root = new DOMParser().parseFromString(answer.text, 'image/svg+xml').documentElement!;
      expect([root.localName, root.getAttribute('xml:lang')]).toEqual(['svg', lang === 'zh' ? 'zh-Hans' : 'ru']);
      const texts = Array.from(root.getElementsByTagName('text'));
      const said = (text: string) => texts.find((element) => element.textContent === text);
      const middle = Number(root.getAttribute('width')) / 2;
      expect(Number(said(first!)!.getAttribute('x'))).toBeLessThan(middle);
      expect(Number(said(name!)!.getAttribute('x'))).toBeLessThan(middle);
    }
  });

  it('is not there for a mechanism that is not seen', async () => {
    const path = '/mechanisms/01900000-0000-7000-8000-00000000ffff/graph';
    expect((await portal.ask(path)).status).toBe(404);
    expect((await portal.ask(`${path}.svg`)).status).toBe(404);
  });
});
