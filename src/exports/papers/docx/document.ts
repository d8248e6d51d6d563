import { AlignmentType, Document, Footer, Header, Packer, Paragraph, Tab, TabStopType, TextRun } from 'docx';
import type { LaidOut } from '../layout/layout.js';
import { FONT_TABLE, runOptions } from './fonts.js';
import { COLUMN_WIDTH, paragraph, tableOf, textRun } from './rows.js';

/** A4, in twentieths of a point. */
const A4 = { width: 11_906, height: 16_838 };
const MARGIN = 1_134;

/** In half-points. */
const SMALL = 18;

const headerOf = ({ header, copyFor }: LaidOut): Header => {
  const children = [
    ...header.copy.map((run) => textRun(run, SMALL)),
    new TextRun({ ...runOptions({ language: copyFor }, SMALL), children: [new Tab()] }),
    ...header.mark.map((run) => textRun(run, SMALL)),
  ];
  const tabStops = [{ type: TabStopType.RIGHT, position: COLUMN_WIDTH * 2 }];
  return new Header({ children: [new Paragraph({ tabStops, children })] });
};

/**
 * Draws one copy of a paper as a DOCX file.
 * @param creator who made it, for the properties of the file
 */
export const drawDocx = (paper: LaidOut, creator: string): Promise<Buffer> => {
  const document = new Document({
    title: paper.name,
    creator,
    lastModifiedBy: creator,
    styles: { default: { document: { run: runOptions({ language: paper.copyFor }, SMALL) } } },
    sections: [
      {
        properties: {
          page: {
            size: A4,
            margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN, header: 567, footer: 567 },
          },
        },
        headers: { default: headerOf(paper) },
        footers: {
          default: new Footer({ children: [paragraph(paper.footer, SMALL, { alignment: AlignmentType.CENTER })] }),
        },
        children: [tableOf(paper.rows)],
      },
    ],
  });
  return Packer.toBuffer(document, undefined, [{ path: 'word/fontTable.xml', data: FONT_TABLE }]);
};
