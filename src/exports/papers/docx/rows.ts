import {
  AlignmentType,
  BorderStyle,
  type IParagraphOptions,
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

type Look = { size: number; bold?: boolean; centred?: boolean; before: number; after: number };

const LOOKS: Record<RowStyle, Look> = {
  title: { size: 32, bold: true, centred: true, before: 60, after: 60 },
  subtitle: { size: 24, centred: true, before: 20, after: 60 },
  fact: { size: TEXT_SIZE, before: 0, after: 60 },
  heading: { size: 24, bold: true, before: 180, after: 60 },
  clause: { size: TEXT_SIZE, before: 0, after: 60 },
  formula: { size: TEXT_SIZE, before: 160, after: 60 },
  signature: { size: TEXT_SIZE, before: 0, after: 80 },
};

/** Rows that stay on the page of what follows them: a heading with its first clause, the statement with the hands. */
const KEPT_WITH_NEXT: ReadonlySet<RowStyle> = new Set<RowStyle>(['title', 'subtitle', 'heading', 'formula']);

const NUMBER_OF = { [PAGE]: PageNumber.CURRENT, [PAGES]: PageNumber.TOTAL_PAGES };
const NUMBERS = new RegExp(`([${PAGE}${PAGES}])`);

const isNumber = (part: string): part is keyof typeof NUMBER_OF => part in NUMBER_OF;

/** A run; where it holds stand-ins for the numbers of pages, the program that shows the paper counts. */
const textRun = (run: Run, size: number, bold = false): TextRun =>
  new TextRun({
    ...runOptions(run, size, bold),
    children: run.text.split(NUMBERS).map((part) => (isNumber(part) ? NUMBER_OF[part] : part)),
  });

/** One paragraph of the paper. */
export const paragraph = (line: Line, size: number, more: IParagraphOptions = {}, bold = false): Paragraph =>
  new Paragraph({ ...more, children: line.map((run) => textRun(run, size, bold)) });

const cellParagraphs = ({ lines }: Cell, style: RowStyle): Paragraph[] => {
  const { size, bold, centred, before, after } = LOOKS[style];
  return lines.map((line, n) =>
    paragraph(
      line,
      size,
      {
        ...(centred && { alignment: AlignmentType.CENTER }),
        spacing: { before: n === 0 ? before : 0, after },
        widowControl: true,
      },
      bold,
    ),
  );
};

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const HAIRLINE = { style: BorderStyle.SINGLE, size: 4, color: 'A6A6A6' };

const tableCell = (cell: Cell, style: RowStyle, isLeft: boolean): TableCell =>
  new TableCell({
    width: { size: COLUMN_WIDTH, type: WidthType.DXA },
    borders: { top: NONE, bottom: NONE, left: NONE, right: isLeft && style !== 'signature' ? HAIRLINE : NONE },
    children: cellParagraphs(cell, style),
  });

/** No row is torn by the end of a page; one that is longer than a page is, as it must be. */
const tableRow = ({ cells, style }: Row): TableRow =>
  new TableRow({
    cantSplit: true,
    keepNext: KEPT_WITH_NEXT.has(style),
    children: [tableCell(cells[0], style, true), tableCell(cells[1], style, false)],
  });

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
