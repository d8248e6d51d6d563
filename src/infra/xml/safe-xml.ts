import { DOMParser, type Document, type Element } from '@xmldom/xmldom';

/** Why a text is not taken for XML: it is none, or it holds what could be turned against its reader. */
export class XmlFault extends Error {
  constructor(readonly kind: 'malformed' | 'unsafe') {
    super(kind);
  }
}

/** Deeper and larger documents than any exchange of texts needs (hardening C39, E79). */
const DEEPEST = 64;
const MOST_TAGS = 200_000;

const TAG = /<(\/?)[^!?<>][^<>]*>/g;

/** A look over the tags before anything is built of them. */
const mustBeModest = (text: string): void => {
  let depth = 0;
  let tags = 0;
  for (const [tag, closing] of text.matchAll(TAG)) {
    tags += 1;
    if (closing) depth -= 1;
    else if (!tag.endsWith('/>')) depth += 1;
    if (depth > DEEPEST || tags > MOST_TAGS) throw new XmlFault('unsafe');
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
