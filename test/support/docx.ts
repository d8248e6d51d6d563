import { DOMParser, type Element } from '@xmldom/xmldom';
import JSZip from 'jszip';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** A run of a DOCX file with what it says about its fonts and language. */
type DocxRun = { text: string; fonts: Record<string, string>; language: Record<string, string> };

/** A cell: its paragraphs, each of runs. */
type DocxCell = { runs: DocxRun[]; lines: string[] };

export type DocxRow = { cells: DocxCell[]; isWhole: boolean; isKeptWithNext: boolean };

/** What a paper shows. */
export type DocxPaper = { rows: DocxRow[]; header: string; footer: string; fontTable: string; title: string };

const all = (element: Element, name: string): Element[] => Array.from(element.getElementsByTagNameNS(W, name));

const attributesOf = (element: Element | undefined): Record<string, string> =>
  Object.fromEntries(Array.from(element?.attributes ?? []).map(({ localName, value }) => [localName, value]));

const textOf = (element: Element): string =>
  all(element, 't')
    .map((text) => text.textContent ?? '')
    .join('');

const runOf = (element: Element): DocxRun => ({
  text: textOf(element),
  fonts: attributesOf(all(element, 'rFonts')[0]),
  language: attributesOf(all(element, 'lang')[0]),
});

const cellOf = (element: Element): DocxCell => ({
  runs: all(element, 'r').map(runOf),
  lines: all(element, 'p').map(textOf),
});

const rowOf = (element: Element): DocxRow => ({
  cells: all(element, 'tc').map(cellOf),
  isWhole: all(element, 'cantSplit').length === 1,
  isKeptWithNext: all(element, 'p').every((paragraph) => all(paragraph, 'keepNext').length === 1),
});

/**
 * Reads a paper back from its file.
 * @throws where the file is no ZIP, or a part of it is not well-formed XML
 */
export const readDocx = async (file: Buffer): Promise<DocxPaper> => {
  const zip = await JSZip.loadAsync(file);
  const parser = new DOMParser({
    onError: (level, message) => {
      throw new Error(`${level}: ${message}`);
    },
  });
  const partOf = async (name: string): Promise<string> => {
    const part = zip.file(name);
    if (!part) throw new Error(`the file has no ${name}`);
    return part.async('string');
  };
  const rootOf = async (name: string): Promise<Element> =>
    parser.parseFromString(await partOf(name), 'text/xml').documentElement!;
  return {
    rows: all(await rootOf('word/document.xml'), 'tr').map(rowOf),
    header: textOf(await rootOf('word/header1.xml')),
    footer: textOf(await rootOf('word/footer1.xml')),
    fontTable: await partOf('word/fontTable.xml'),
    title: (await rootOf('docProps/core.xml')).getElementsByTagName('dc:title')[0]?.textContent ?? '',
  };
};
