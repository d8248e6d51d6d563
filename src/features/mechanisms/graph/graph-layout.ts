import type { Side } from '../../../kernel/actor.js';
import type { GraphEdge, GraphNode } from './mechanism-graph.js';
import { wrapped } from './wrap.js';

/** A box of the picture: where it is, and what stands in it, line by line. */
export type Box = {
  id: string;
  kind: GraphNode['kind'];
  focus: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
  lines: string[];
  note: string | null;
};

/** A line between two boxes, from point to point; one that would cross others goes round them at `via`. */
export type Line = { kind: GraphEdge['kind']; from: [number, number]; to: [number, number]; via?: number };

export type Layout = { width: number; height: number; boxes: Box[]; lines: Line[] };

/** What the picture writes of a node and of a member's seat. */
export type Wording = { name: (node: GraphNode) => string; note: (node: GraphNode) => string | null };

/** Measures of the picture in pixels. */
export const FONT = 14;
const LINE = 20;
const PADDING = 10;
const GAP = 18;
const MARGIN = 24;
/** Room above the columns for their headings. */
export const HEAD = 56;
const SIDE_WIDTH = 300;
const MIDDLE_WIDTH = 340;
const ALLEY = 90;
/** How far to the left a line goes that passes other boxes. */
const DETOUR = 36;

const LEFT = MARGIN;
const MIDDLE = LEFT + SIDE_WIDTH + ALLEY;
const RIGHT = MIDDLE + MIDDLE_WIDTH + ALLEY;
const WIDTH = RIGHT + SIDE_WIDTH + MARGIN;

/** Centres of the three columns, for their headings. */
export const COLUMNS = {
  left: LEFT + SIDE_WIDTH / 2,
  middle: MIDDLE + MIDDLE_WIDTH / 2,
  right: RIGHT + SIDE_WIDTH / 2,
};

const boxOf = (node: GraphNode, x: number, y: number, width: number, words: Wording): Box => {
  const lines = wrapped(words.name(node), (width - 2 * PADDING) / FONT);
  const note = words.note(node);
  const height = (lines.length + (note ? 1 : 0)) * LINE + 2 * PADDING;
  return { id: node.id, kind: node.kind, focus: node.focus, x, y, width, height, lines, note };
};

const stack = (nodes: readonly GraphNode[], x: number, width: number, top: number, words: Wording): Box[] => {
  let y = top;
  return nodes.map((node) => {
    const box = boxOf(node, x, y, width, words);
    y += box.height + GAP;
    return box;
  });
};

const bottomOf = (boxes: readonly Box[], top: number): number =>
  Math.max(top, ...boxes.map(({ y, height }) => y + height + GAP));

/** Pairs stand in rows below everything else, so that the line between two of them crosses nothing. */
const pairRows = (pairs: readonly (readonly [GraphNode, GraphNode])[], top: number, words: Wording): Box[] => {
  let y = top;
  return pairs.flatMap(([first, second]) => {
    const row = [boxOf(first, LEFT, y, SIDE_WIDTH, words), boxOf(second, RIGHT, y, SIDE_WIDTH, words)];
    y += Math.max(...row.map(({ height }) => height)) + GAP;
    return row;
  });
};

/** The pairs in which both are met for the first time. */
const rowsOf = (
  nodes: ReadonlyMap<string, GraphNode>,
  edges: readonly GraphEdge[],
  left: Side,
): (readonly [GraphNode, GraphNode])[] => {
  const met = new Set<string>();
  return edges
    .filter(({ kind }) => kind === 'pairing')
    .flatMap(({ from, to }) => {
      const [cn, ru] = [nodes.get(from), nodes.get(to)];
      if (!cn || !ru || met.has(from) || met.has(to)) return [];
      met.add(from).add(to);
      return [left === 'cn' ? ([cn, ru] as const) : ([ru, cn] as const)];
    });
};

const areNeighbours = (a: Box, b: Box, boxes: ReadonlyMap<string, Box>): boolean => {
  const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
  return ![...boxes.values()].some(({ x, y }) => x === a.x && y > top && y < bottom);
};

const lineOf = ({ kind, from, to }: GraphEdge, boxes: ReadonlyMap<string, Box>): Line | undefined => {
  const [a, b] = [boxes.get(from), boxes.get(to)];
  if (!a || !b) return undefined;
  const centre = ({ x, width }: Box) => x + width / 2;
  const middle = ({ y, height }: Box) => y + height / 2;
  // Neighbours in a column are joined from top to bottom, others in it round the left, those of two columns across.
  if (a.x === b.x && !areNeighbours(a, b, boxes)) {
    const via = a.x - (kind === 'part-of' ? DETOUR / 2 : DETOUR);
    return { kind, from: [a.x, middle(a)], to: [b.x, middle(b)], via };
  }
  if (a.x === b.x) {
    const [up, down] = a.y < b.y ? [a, b] : [b, a];
    const ends: [[number, number], [number, number]] = [
      [centre(up), up.y + up.height],
      [centre(down), down.y],
    ];
    return a === up ? { kind, from: ends[0], to: ends[1] } : { kind, from: ends[1], to: ends[0] };
  }
  const isLeft = a.x < b.x;
  return {
    kind,
    from: [isLeft ? a.x + a.width : a.x, middle(a)],
    to: [isLeft ? b.x : b.x + b.width, middle(b)],
  };
};

/**
 * Places a graph: mechanisms in the middle, the highest at the top, and the bodies of each side on its own bank.
 * @param left the side that stands on the left; the alternat puts the reader's own first
 */
export const layoutOf = (
  graph: { nodes: readonly GraphNode[]; edges: readonly GraphEdge[] },
  left: Side,
  words: Wording,
): Layout => {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const pairs = rowsOf(nodes, graph.edges, left);
  const paired = new Set(pairs.flat().map(({ id }) => id));
  const single = graph.nodes.filter(({ id, kind }) => kind === 'organization' && !paired.has(id));
  const mechanisms = graph.nodes.filter(({ kind }) => kind === 'mechanism');
  const others = single.filter(({ side }) => side !== 'cn' && side !== 'ru');
  const right: Side = left === 'cn' ? 'ru' : 'cn';
  const of = (side: Side) => single.filter((node) => node.side === side);
  const columns = [
    ...stack(of(left), LEFT, SIDE_WIDTH, HEAD, words),
    ...stack([...mechanisms, ...others], MIDDLE, MIDDLE_WIDTH, HEAD, words),
    ...stack(of(right), RIGHT, SIDE_WIDTH, HEAD, words),
  ];
  const boxes = [...columns, ...pairRows(pairs, bottomOf(columns, HEAD), words)];
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const lines = graph.edges.flatMap((edge) => lineOf(edge, byId) ?? []);
  return { width: WIDTH, height: bottomOf(boxes, HEAD) + MARGIN - GAP, boxes, lines };
};
