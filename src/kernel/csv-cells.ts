/**
 * Cells of a table for people who open it in a spreadsheet: one that begins like a formula would be computed there, and
 * may send what stands beside it to a stranger (hardening E82). An apostrophe before it makes it a text again.
 */
const LIKE_A_FORMULA = /^'*[=+\-@\t\r\n\u2212＝＋－＠]/;

/** A cell that no spreadsheet computes; {@link originalCell} gives back what it was. */
export const harmlessCell = (text: string): string => (LIKE_A_FORMULA.test(text) ? `'${text}` : text);

/** A cell as it was before {@link harmlessCell}. */
export const originalCell = (cell: string): string =>
  cell.startsWith("'") && LIKE_A_FORMULA.test(cell) ? cell.slice(1) : cell;
