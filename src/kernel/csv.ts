/** Comma-separated values after RFC 4180: quoted fields may hold commas, line breaks and doubled quotes. */

/** A row of a table and the line of the file on which it begins. */
export type CsvRow = { line: number; fields: string[] };

/**
 * Reads a table. Lines may end in CRLF or LF; a byte order mark is passed over.
 * @returns the rows in order; an empty text has none
 * @throws RangeError where a quoted field is never closed or something follows its closing quote
 */
export const parseCsv = (text: string): CsvRow[] => {
  const rows: CsvRow[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const from = at;
    const fields: string[] = [];
    for (;;) {
      const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at);
      fields.push(field.value);
      at = field.end + 1;
      if (text[field.end] !== ',') break;
    }
    if (text[at - 1] === '\r') at += 1;
    rows.push({ line, fields });
    line += lineBreaks(text.slice(from, at));
  }
  return rows;
};

const lineBreaks = (text: string): number => text.split('\n').length - 1;

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

/** A row by the names in the first line of the table. */
export type CsvRecord = { line: number; values: Record<string, string> };

/**
 * Rows by the names in the first line; rows of empty fields are passed over.
 * @returns one record a row; a field that a short row lacks is empty
 * @throws RangeError as `parseCsv` does
 */
export const csvRecords = (text: string): CsvRecord[] => {
  const [header, ...rows] = parseCsv(text);
  return rows
    .filter(({ fields }) => fields.some((field) => field !== ''))
    .map(({ line, fields }) => ({
      line,
      values: Object.fromEntries((header?.fields ?? []).map((name, at) => [name, fields[at] ?? ''])),
    }));
};
