/** Most characters of a file's name: it shall fit into a header and into every file system. */
const LONGEST_NAME = 80;

/** Characters that file systems refuse or that lead out of a folder, and the portal's own joints. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSAFE = /[\u0000-\u001F\u007F<>:"/\\|?*：\s]+/gu;

/** A text as the name of a file. */
const safeName = (text: string): string =>
  [...text.replace(UNSAFE, ' ').replace(/^[. ]+/, '')]
    .slice(0, LONGEST_NAME)
    .join('')
    .replace(/[. ]+$/, '');

/** RFC 8187 lets fewer characters stand than `encodeURIComponent` leaves. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/['()*!]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * `Content-Disposition` of a file to be kept (RFC 6266): a name of ASCII letters for old programs, and its real one.
 * @param plain without the ending, of ASCII letters, figures and hyphens
 * @param name in any script
 * @param ending without its dot
 */
export const attachment = (plain: string, name: string, ending: string): string =>
  `attachment; filename="${plain}.${ending}"; filename*=UTF-8''${encoded(`${safeName(name) || plain}.${ending}`)}`;
