import type { Element } from '@xmldom/xmldom';
import { parseXml, XmlFault } from '../../../infra/xml/safe-xml.js';
import type { FileBody } from '../../../kernel/exchange.js';
import { type Problem, problem } from '../../../kernel/problems.js';
import { type ExchangeContent, UnreadableFile } from './exchange-file.js';
import { readTmx } from './tmx.js';
import { readUnitTable } from './unit-table.js';
import { readXliff2, XLIFF2 } from './xliff2.js';
import { readXliff12, XLIFF12 } from './xliff12.js';

/** Encodings in which spreadsheets of either country save a table, under the names of the Encoding Standard. */
const TABLE_ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  'windows-1251': 'windows-1251',
};

const wrongEncoding = (): Problem => problem('exchange.encoding');

const markedEncoding = ([first, second]: Uint8Array): string | undefined => {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
};

/**
 * The text of a file: a byte order mark decides, then what the request says, else it is UTF-8. What does not fit is
 * refused and never guessed, because a wrong guess makes other words (hardening E83).
 */
const decoded = (bytes: Uint8Array, charset: string | undefined): string => {
  const named = charset === undefined ? 'utf-8' : TABLE_ENCODINGS[charset];
  if (!named) throw wrongEncoding();
  try {
    return new TextDecoder(markedEncoding(bytes) ?? named, { fatal: true }).decode(bytes);
  } catch {
    throw wrongEncoding();
  }
};

const DECLARED = /^<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)["']/;

/** Memories of other programs name the DTD of TMX. It is passed over unread; one with declarations of its own is refused. */
const TMX_DOCTYPE = /<!DOCTYPE\s+tmx\s+SYSTEM\s+(?:"[^"<>[\]]*"|'[^'<>[\]]*')\s*>/;

const contentOf = (root: Element): ExchangeContent => {
  const { namespaceURI, localName } = root;
  if (namespaceURI === XLIFF2 && localName === 'xliff') return { kind: 'units', units: readXliff2(root) };
  if (namespaceURI === XLIFF12 && localName === 'xliff') return { kind: 'units', units: readXliff12(root) };
  if (!namespaceURI && localName === 'tmx') return { kind: 'memory', pairs: readTmx(root) };
  throw new UnreadableFile();
};

const readXml = ({ bytes, charset }: FileBody): ExchangeContent => {
  const text = decoded(bytes, charset);
  const declared = DECLARED.exec(text)?.[1]?.toLowerCase();
  if (declared !== undefined && !declared.startsWith('utf-')) throw wrongEncoding();
  return contentOf(parseXml(text.replace(TMX_DOCTYPE, '')));
};

const placeOf = ({ place }: UnreadableFile) =>
  place === undefined ? {} : { errors: [{ pointer: `/units/${place - 1}`, code: 'required' as const }] };

/**
 * What a file holds; which format it is, it says itself.
 * @throws `exchange.encoding`, `exchange.unsafe` for document types and entities, `exchange.unreadable`
 */
export const readExchangeFile = (file: FileBody): ExchangeContent => {
  try {
    if (file.type !== 'text/csv') return readXml(file);
    return { kind: 'units', units: readUnitTable(decoded(file.bytes, file.charset)) };
  } catch (error) {
    if (error instanceof XmlFault) throw problem(`exchange.${error.kind === 'unsafe' ? 'unsafe' : 'unreadable'}`);
    if (error instanceof UnreadableFile) throw problem('exchange.unreadable', placeOf(error));
    throw error;
  }
};
