/** Width of a character in ems: Chinese ones fill the square, letters about half of it. */
const widthOf = (character: string): number =>
  /[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF\u3000-\u303F]|[\u{20000}-\u{3FFFF}]/u.test(character) ? 1 : 0.57;

const widthOfText = (text: string): number => [...text].reduce((sum, character) => sum + widthOf(character), 0);

/** Marks that must not begin a line (GB/T 15834) and what must not end one. */
const NO_START = /^[，。、；：！？）》”〕」』·—–…]/u;

/** Where a text may break: after a space, and between any two Chinese characters. */
const piecesOf = (text: string): string[] => text.match(/\p{Script=Han}|[^\p{Script=Han}\s]+\s*|\s+/gu) ?? [];

const MOST_LINES = 4;

/**
 * Breaks a text into lines of a width.
 * @param ems width of a line in multiples of the size of the letters
 * @returns at most four lines; what is longer ends with an ellipsis
 */
export const wrapped = (text: string, ems: number): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text)) {
    if (line !== '' && widthOfText(line + piece.trimEnd()) > ems && !NO_START.test(piece)) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
  }
  lines.push(line.trimEnd());
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1]!.slice(0, -1)}…`];
};
