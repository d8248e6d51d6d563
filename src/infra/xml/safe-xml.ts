import { createRequire } from 'node:module';
import type { Document, Element } from '@xmldom/xmldom';

/** Loaded with the first file: most processes never read one, and it takes four megabytes of memory. */
const library = () => createRequire(import.meta.url)('@xmldom/xmldom') as typeof import('@xmldom/xmldom');

/** Why a text is not taken for XML: it is none, or it holds what could be turned against its reader. */
export class XmlFault extends Error {
  constructor(readonly kind: 'malformed' | 'unsafe') {
    super(kind);
  }
}

/** Deeper and fuller documents than any exchange of texts needs: a tree of them would fill the memory (hardening C39, E79). */
const DEEPEST = 64;
const MOST_PIECES = 150_000;
const MOST_ATTRIBUTES = 300_000;

/** Tags, comments and instructions; in a comment that holds others they count as well. */
const PIECE = /<([!?/]?)[^<>]*>?/g;

const depthOf = (piece: string, sign: string | undefined): number => {
  if (sign === '/') return -1;
  return sign || piece.endsWith('/>') ? 0 : 1;
};

/** A look over the pieces before a tree is built of them. */
const mustBeModest = (text: string): void => {
  let [depth, pieces, attributes] = [0, 0, 0];
  for (const [piece, sign] of text.matchAll(PIECE)) {
    pieces += 1;
    attributes += piece.split('=').length - 1;
    depth += depthOf(piece, sign);
    if (depth > DEEPEST || pieces > MOST_PIECES || attributes > MOST_ATTRIBUTES) throw new XmlFault('unsafe');
  }
};

/**
 * Reads XML of strangers: without document type and entities of its own, so that it neither fetches, reads files nor
 * swells (XXE, "billion laughs").
 * @returns the root element
 * @throws XmlFault
 */
export const parseXml = (text: string): Element => {
  if (/<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST)/i.test(text)) throw new XmlFault('unsafe');
  mustBeModest(text);
  const { DOMParser } = library();
  const parser = new DOMParser({
    locator: false,
    // Only carriage returns: other breaks are the writer's own characters.
    normalizeLineEndings: (source) => source.replace(/\r\n?/g, '\n'),
    onError: () => {
      throw new XmlFault('malformed');
    },
  });
  let document: Document;
  try {
    document = parser.parseFromString(text, 'text/xml');
  } catch {
    throw new XmlFault('malformed');
  }
  if (!document.documentElement) throw new XmlFault('malformed');
  return document.documentElement;
};

/** Child elements, those of a local name if one is given. */
export const childrenOf = (parent: Element, name?: string): Element[] =>
  [...parent.childNodes].filter(
    (node): node is Element => node.nodeType === 1 && (name === undefined || node.localName === name),
  );
