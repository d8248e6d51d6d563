import { type Box, COLUMNS, FONT, HEAD, type Layout, type Line } from './graph-layout.js';

/** Words beside the picture, in the languages of the answer. */
export type PictureWords = {
  language: string;
  title: string;
  left: string;
  right: string;
  middle: string;
  legend: readonly { kind: Line['kind']; text: string }[];
};

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);

/** How each kind of line is drawn. */
const STROKES: Record<Line['kind'], string> = {
  'part-of': 'stroke="#5b6b7a" stroke-width="1.5" stroke-dasharray="6 4"',
  'escalates-to': 'stroke="#b3261e" stroke-width="2" marker-end="url(#up)"',
  member: 'stroke="#7a8794" stroke-width="1.2"',
  party: 'stroke="#7a8794" stroke-width="1.2" stroke-dasharray="2 3"',
  secretariat: 'stroke="#17324d" stroke-width="2"',
  pairing: 'stroke="#2e7d32" stroke-width="2" stroke-dasharray="8 4"',
};

const FILLS = { focus: '#17324d', mechanism: '#e3ebf3', organization: '#ffffff' } as const;

const fontSizeOfNote = 12;
const LINE_HEIGHT = 20;

const boxSvg = ({ kind, focus, x, y, width, height, lines, note }: Box): string => {
  const [fill, ink] = focus ? [FILLS.focus, '#ffffff'] : [FILLS[kind], '#1d2733'];
  const centre = x + width / 2;
  const texts = lines.map(
    (line, n) => `<text x="${centre}" y="${y + 24 + n * LINE_HEIGHT}" fill="${ink}">${escaped(line)}</text>`,
  );
  const below = note
    ? `<text x="${centre}" y="${y + 24 + lines.length * LINE_HEIGHT}" fill="${focus ? '#d5e0ea' : '#52606d'}" font-size="${fontSizeOfNote}">${escaped(note)}</text>`
    : '';
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="${fill}" stroke="#9aa7b4"/>${texts.join('')}${below}`;
};

const pathOf = ({ from: [x1, y1], to: [x2, y2], via }: Line): string => {
  if (via !== undefined) return `M${x1} ${y1}L${via} ${y1}L${via} ${y2}L${x2} ${y2}`;
  const half = (x1 + x2) / 2;
  return x1 === x2 || y1 === y2 ? `M${x1} ${y1}L${x2} ${y2}` : `M${x1} ${y1}C${half} ${y1} ${half} ${y2} ${x2} ${y2}`;
};

const lineSvg = (line: Line): string => `<path d="${pathOf(line)}" fill="none" ${STROKES[line.kind]}/>`;

const legendSvg = (words: PictureWords, top: number): string =>
  words.legend
    .map(({ kind, text }, n) => {
      const y = top + n * 24;
      const sample = STROKES[kind].replace(' marker-end="url(#up)"', '');
      return `<path d="M24 ${y}L84 ${y}" fill="none" ${sample}/><text x="96" y="${y + 5}" text-anchor="start" font-size="13">${escaped(text)}</text>`;
    })
    .join('');

const heading = (x: number, text: string): string =>
  `<text x="${x}" y="${HEAD - 22}" font-weight="bold" font-size="16">${escaped(text)}</text>`;

/** The picture of a graph (SVG 1.1): no script, no reference to anything outside, every text escaped. */
export const graphSvg = ({ width, height, boxes, lines }: Layout, words: PictureWords): string => {
  const whole = height + words.legend.length * 24 + 16;
  return `<svg xmlns="http://www.w3.org/2000/svg" xml:lang="${words.language}" role="img" aria-label="${escaped(words.title)}" viewBox="0 0 ${width} ${whole}" width="${width}" height="${whole}" font-family="'Noto Sans CJK SC','Microsoft YaHei','PT Sans','Segoe UI','DejaVu Sans',sans-serif" font-size="${FONT}" text-anchor="middle" fill="#1d2733"><title>${escaped(words.title)}</title><defs><marker id="up" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#b3261e"/></marker></defs><rect width="${width}" height="${whole}" fill="#fafbfc"/>${heading(COLUMNS.left, words.left)}${heading(COLUMNS.middle, words.middle)}${heading(COLUMNS.right, words.right)}${lines.map(lineSvg).join('')}${boxes.map(boxSvg).join('')}${legendSvg(words, height + 8)}</svg>\n`;
};
