/** Comma-separated values after RFC 4180: quoted fields may hold commas, line breaks and doubled quotes. */

/**
 * Reads a table. Lines may end in CRLF or LF; a byte order mark is passed over.
 * @returns the rows, each a list of fields; an empty text has none
 * @throws RangeError where a quoted field is never closed or something follows its closing quote
 */
export const parseCsv = (text: string): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length || row.length > 0) {
    const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at);
    row.push(field.value);
    at = field.end;
    if (text[at] === ',') {
      at += 1;
      continue;
    }
    rows.push(row);
    row = [];
    at += text[at] === '\r' ? 2 : 1;
  }
  return rows;
};

type Field = { value: string; end: number };

const endsField = (text: string, at: number): boolean =>
  at >= text.length || text[at] === ',' || text[at] === '\n' || (text[at] === '\r' && text[at + 1] === '\n');

const plainField = (text: string, from: number): Field => {
  let end = from;
  while (!endsField(text, end)) end += 1;
  return { value: text.slice(from, end), end };
};

const quotedField = (text: string, from: number): Field => {
  let value = '';
  let start = from + 1;
  for (;;) {
    const quote = text.indexOf('"', start);
    if (quote < 0) throw new RangeError(`a quoted field that begins at ${from} is never closed`);
    value += text.slice(start, quote);
    if (text[quote + 1] !== '"') {
      if (!endsField(text, quote + 1)) throw new RangeError(`something follows the closing quote at ${quote}`);
      return { value, end: quote + 1 };
    }
    value += '"';
    start = quote + 2;
  }
};

const NEEDS_QUOTES = /[",\r\n\uFEFF]/;

/** Writes a table; the parser reads back the very same fields. A row of one empty field is quoted, so that it is not lost. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) => {
      const fields = row.map((field) => (NEEDS_QUOTES.test(field) ? `"${field.replaceAll('"', '""')}"` : field));
      return `${row.length === 1 && row[0] === '' ? '""' : fields.join(',')}\n`;
    })
    .join('');

/**
 * Rows by the names in the first line.
 * @returns one record a row; a field that a short row lacks is empty
 * @throws RangeError as `parseCsv` does
 */
export const csvRecords = (text: string): Record<string, string>[] => {
  const [header = [], ...rows] = parseCsv(text);
  return rows
    .filter((row) => row.some((field) => field !== ''))
    .map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
};
