import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { layoutOf, type Wording } from './graph-layout.js';
import { graphSvg } from './graph-svg.js';
import type { GraphEdge, GraphNode } from './mechanism-graph.js';
import { wrapped } from './wrap.js';

const words: Wording = { name: ({ name }) => name.zh ?? name.ru ?? '', note: () => null };
const node = (id: string, more: Partial<GraphNode> = {}): GraphNode => ({
  ...{
    id,
    kind: 'organization',
    name: { zh: `单位${id}` } as GraphNode['name'],
    side: 'cn',
    level: null,
    status: null,
    focus: false,
  },
  ...more,
});
const edge = (from: string, to: string, kind: GraphEdge['kind']): GraphEdge => ({
  from,
  to,
  kind,
  role: null,
  post: null,
  field: null,
});

const someGraph = fc
  .record({
    mechanisms: fc.nat(4),
    bodies: fc.array(fc.constantFrom('cn', 'ru', 'other'), { maxLength: 12 }),
    pairs: fc.nat(3),
  })
  .map(({ mechanisms, bodies, pairs }) => {
    const focus = node('m', { kind: 'mechanism', focus: true, side: null });
    const above = Array.from({ length: mechanisms }, (_, n) => node(`m${n}`, { kind: 'mechanism', side: null }));
    const seats = bodies.map((side, n) => node(`o${n}`, { side }));
    const twins = Array.from({ length: pairs }, (_, n) => [node(`c${n}`), node(`r${n}`, { side: 'ru' })]).flat();
    const edges = [
      ...above.map(({ id }) => edge('m', id, 'escalates-to')),
      ...seats.map(({ id }) => edge(id, 'm', 'member')),
      ...Array.from({ length: pairs }, (_, n) => edge(`c${n}`, `r${n}`, 'pairing')),
    ];
    return { nodes: [...above, focus, ...seats, ...twins], edges };
  });

describe('the picture of a mechanism', () => {
  it('shows every node once, and no two lie on each other', () => {
    fc.assert(
      fc.property(someGraph, (graph) => {
        const { boxes, lines, height } = layoutOf(graph, 'cn', words);
        expect(boxes.map(({ id }) => id).sort()).toEqual(graph.nodes.map(({ id }) => id).sort());
        expect(lines).toHaveLength(graph.edges.length);
        for (const [n, a] of boxes.entries()) {
          expect(a.y + a.height).toBeLessThanOrEqual(height);
          for (const b of boxes.slice(n + 1))
            expect(a.x !== b.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true);
        }
      }),
    );
  });

  it('puts the side that comes first on the left, and changes nothing else', () => {
    fc.assert(
      fc.property(someGraph, (graph) => {
        const [cn, ru] = [layoutOf(graph, 'cn', words), layoutOf(graph, 'ru', words)];
        for (const box of cn.boxes) {
          const twin = ru.boxes.find(({ id }) => id === box.id)!;
          expect(twin.y).toBe(box.y);
          expect(twin.x).toBe(box.x === cn.width - box.x - box.width ? box.x : cn.width - box.x - box.width);
        }
      }),
    );
  });

  it('leads a line round the boxes between its ends', () => {
    const nodes = ['a', 'b', 'c'].map((id) => node(id, { kind: 'mechanism', side: null }));
    const { lines } = layoutOf(
      { nodes, edges: [edge('c', 'a', 'escalates-to'), edge('b', 'a', 'escalates-to')] },
      'cn',
      words,
    );
    expect(lines.map(({ via }) => via !== undefined)).toEqual([true, false]);
  });

  it('writes names as they are and nothing that a browser would run', () => {
    const name = { zh: '<script>alert("1")</script>&' } as GraphNode['name'];
    const layout = layoutOf({ nodes: [node('m', { kind: 'mechanism', name, focus: true })], edges: [] }, 'cn', words);
    const svg = graphSvg(layout, {
      language: 'zh-Hans',
      title: name.zh!,
      left: '"',
      right: '',
      middle: '',
      legend: [],
    });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;');
  });
});

describe('a text in lines', () => {
  it('breaks Chinese anywhere but before a mark, and Russian at spaces', () => {
    expect(wrapped('黑龙江跨境经济合作区，同江片区', 10)).toEqual(['黑龙江跨境经济合作区，', '同江片区']);
    expect(wrapped('Еврейская автономная область – Тунцзян', 12)).toEqual([
      'Еврейская автономная',
      'область – Тунцзян',
    ]);
    expect(wrapped('область – Тунцзян', 5.2)).toEqual(['область –', 'Тунцзян']);
  });

  it('ends with an ellipsis where there is too much', () => {
    expect(wrapped('一二三四五六七八九十', 2)).toEqual(['一二', '三四', '五六', '七…']);
  });

  it('loses nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('同江', 'Амур ', '，', 'x', ' ', '–'), { maxLength: 12 }), (parts) => {
        const text = parts.join('').trim();
        const lines = wrapped(text, 30);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});
