import {
  AlignmentType,
  BorderStyle,
  type IParagraphOptions,
  LineRuleType,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Cell, Line, Row, RowStyle, Run } from '../layout/blocks.js';
import { PAGE, PAGES } from '../layout/layout.js';
import { runOptions } from './fonts.js';

/** Widths in twentieths of a point: A4 without its margins, in two columns. */
export const COLUMN_WIDTH = 4_819;

/** In half-points. */
const TEXT_SIZE = 22;

type Look = {
  size: number;
  bold?: boolean;
  centred?: boolean;
  /** Space before the first paragraph of a cell, after each, and after its last, in twentieths of a point. */
  before: number;
  after: number;
  last?: number;
  /** After the last row of its kind. */
  end?: number;
};

/**
 * Height of a line in twentieths of a point, for a size in half-points. It is fixed, because Chinese typefaces ask for
 * more than Russian ones, and what belongs together would not stand at one height.
 */
const lineHeight = (size: number): number => size * 14;

const LOOKS: Record<RowStyle, Look> = {
  title: { size: 28, bold: true, centred: true, before: 60, after: 60 },
  subtitle: { size: 24, centred: true, before: 0, after: 60, end: 160 },
  fact: { size: TEXT_SIZE, before: 0, after: 60 },
  heading: { size: 24, bold: true, before: 200, after: 80 },
  clause: { size: TEXT_SIZE, before: 0, after: 60, last: 100 },
  formula: { size: TEXT_SIZE, before: 140, after: 100 },
  signatory: { size: TEXT_SIZE, before: 120, after: 20 },
  signature: { size: TEXT_SIZE, before: 200, after: 120 },
};

/**
 * Rows that stay on the page of what follows them: a heading with its first clause, the statement on the languages
 * with the signature blocks, and these in one piece.
 */
const KEPT_WITH_NEXT: ReadonlySet<RowStyle> = new Set<RowStyle>([
  'title',
  'subtitle',
  'heading',
  'formula',
  'signatory',
]);

const NUMBER_OF = { [PAGE]: PageNumber.CURRENT, [PAGES]: PageNumber.TOTAL_PAGES };
const NUMBERS = new RegExp(`([${PAGE}${PAGES}])`);

const isNumber = (part: string): part is keyof typeof NUMBER_OF => part in NUMBER_OF;

/** A run; where it holds stand-ins for the numbers of pages, the program that shows the paper counts. */
export const textRun = (run: Run, size: number, bold = false): TextRun =>
  new TextRun({
    ...runOptions(run, size, bold),
    children: run.text.split(NUMBERS).map((part) => (isNumber(part) ? NUMBER_OF[part] : part)),
  });

/** One paragraph of the paper. */
export const paragraph = (line: Line, size: number, more: IParagraphOptions = {}, bold = false): Paragraph =>
  new Paragraph({ ...more, children: line.map((run) => textRun(run, size, bold)) });

const cellParagraphs = ({ lines }: Cell, style: RowStyle, isEnd: boolean): Paragraph[] => {
  const { size, bold, centred, before, after, last = after, end = last } = LOOKS[style];
  return lines.map((line, n) =>
    paragraph(
      line,
      size,
      {
        ...(centred && { alignment: AlignmentType.CENTER }),
        spacing: {
          before: n === 0 ? before : 0,
          after: n < lines.length - 1 ? after : isEnd ? end : last,
          line: lineHeight(size),
          lineRule: LineRuleType.EXACT,
        },
        widowControl: true,
      },
      bold,
    ),
  );
};

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const HAIRLINE = { style: BorderStyle.SINGLE, size: 4, color: 'A6A6A6' };

const tableCell = (cell: Cell, { style }: Row, isLeft: boolean, isEnd: boolean): TableCell =>
  new TableCell({
    width: { size: COLUMN_WIDTH, type: WidthType.DXA },
    borders: { top: NONE, bottom: NONE, left: NONE, right: isLeft && !style.startsWith('signat') ? HAIRLINE : NONE },
    children: cellParagraphs(cell, style, isEnd),
  });

/** No row is torn by the end of a page; one that is longer than a page is, as it must be. */
const tableRow = (row: Row, n: number, rows: readonly Row[]): TableRow => {
  const isEnd = rows[n + 1]?.style !== row.style;
  return new TableRow({
    cantSplit: true,
    ...(KEPT_WITH_NEXT.has(row.style) && { keepNext: true }),
    children: row.cells.map((cell, column) => tableCell(cell, row, column === 0, isEnd)),
  });
};

/** The rows of a paper as a table of two columns, so that what belongs together stands at one height. */
export const tableOf = (rows: readonly Row[]): Table =>
  new Table({
    layout: TableLayoutType.FIXED,
    width: { size: COLUMN_WIDTH * 2, type: WidthType.DXA },
    columnWidths: [COLUMN_WIDTH, COLUMN_WIDTH],
    margins: { left: 113, right: 113, top: 0, bottom: 0, marginUnitType: WidthType.DXA },
    borders: { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE },
    rows: rows.map(tableRow),
  });
