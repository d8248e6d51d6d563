/** Text on its way into XML 1.0: escapes, and the characters that XML cannot hold at all. */

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Would be read back as something else: a carriage return as a line feed, and in attributes every break as a space. */
const BREAKS = /[\r]/g;
const ATTRIBUTE_BREAKS = /[\t\n\r]/g;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);
const byNumber = (character: string): string => `&#${character.charCodeAt(0)};`;

/** A text between two tags. */
export const xmlText = (text: string): string => escaped(text).replace(BREAKS, byNumber);

/** The value of an attribute, without its quotation marks. */
export const xmlAttribute = (text: string): string => escaped(text).replace(ATTRIBUTE_BREAKS, byNumber);

/** Characters that no XML 1.0 document may hold, not even as numbers. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
export const NOT_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;
