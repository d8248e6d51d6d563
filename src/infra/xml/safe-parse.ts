import { DOMParser, type Document } from '@xmldom/xmldom';

/** Declarations of document types can name files, and entities that grow without end; no exchange format needs them. */
const DECLARATION = /<!\s*(?:DOCTYPE|ENTITY)/i;

/**
 * Reads an XML document that somebody else has written.
 * @throws RangeError where it is not well-formed, or declares a document type or entities
 */
export const parseXml = (text: string): Document => {
  if (DECLARATION.test(text)) throw new RangeError('document types and entities are not read');
  const refuse = (_level: string, message: string): never => {
    throw new RangeError(message);
  };
  try {
    return new DOMParser({ onError: refuse }).parseFromString(text, 'application/xml');
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : String(error));
  }
};
