import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A letter read back. */
export type ParsedLetter = { to: string; subject: string; text: string; html: string; raw: string };

/** A letter that the portal wrote to a file. */
export type StoredLetter = ParsedLetter & { mode: number };

/** A header of a letter, unfolded. */
export const headerOf = (raw: string, name: string): string =>
  (new RegExp(`^${name}:(.*(?:\r\n[ \t].*)*)`, 'im').exec(raw)?.[1] ?? '').replace(/\r\n[ \t]/g, ' ').trim();

const decodedWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, word: string) => Buffer.from(word, 'base64').toString('utf8'))
    .replace(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (_, word: string) => quotedPrintable(word.replaceAll('_', ' ')));

const quotedPrintable = (text: string): string => {
  const joined = text.replace(/=\r\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};

const decodedBody = (part: string): string => {
  const body = part.slice(part.indexOf('\r\n\r\n') + 4);
  const encoding = headerOf(part, 'Content-Transfer-Encoding').toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  return encoding === 'quoted-printable' ? quotedPrintable(body) : body;
};

const partOf = (raw: string, type: 'plain' | 'html'): string => {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1];
  const parts = boundary ? raw.split(`--${boundary}`) : [raw];
  const found = parts.find((part) => new RegExp(`Content-Type: text/${type}`, 'i').test(part)) ?? '';
  return decodedBody(found.trimStart()).replaceAll('\r\n', '\n').trimEnd();
};

/** Reads a letter back from the form in which it was sent. */
export const parseLetter = (raw: string): ParsedLetter => ({
  to: headerOf(raw, 'To'),
  subject: decodedWords(headerOf(raw, 'Subject')),
  text: partOf(raw, 'plain'),
  html: partOf(raw, 'html'),
  raw,
});

/** The letters in a data folder, oldest first. */
export const lettersIn = (dataFolder: string): StoredLetter[] => {
  const folder = join(dataFolder, 'mail');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .map((name) => ({
      ...parseLetter(readFileSync(join(folder, name), 'utf8')),
      mode: statSync(join(folder, name)).mode & 0o777,
    }));
};

/**
 * Waits for a letter to somebody; letters are a job's and follow the answers that they tell of.
 * @param holding what stands in those that count
 */
export const letterTo = async (
  dataFolder: string,
  to: string,
  nth = 1,
  holding = '',
): Promise<StoredLetter & { code: string }> => {
  for (let tries = 0; tries < 800; tries += 1) {
    const letters = lettersIn(dataFolder).filter((one) => one.to.includes(to) && one.text.includes(holding));
    const letter = letters[nth - 1];
    if (letter) return { ...letter, code: /^[\w-]{43}$/m.exec(letter.text)?.[0] ?? '' };
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`no letter ${nth} to ${to}`);
};
