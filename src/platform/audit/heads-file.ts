import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { SignedHead } from './head-signing.js';

/** The file in the data folder that holds the signed heads, one JSON object a line. */
export const headsFile = (dataFolder: string): string => join(dataFolder, 'audit-heads.jsonl');

/** The heads of a file, and how many lines could not be read: a line that a crash cut off says nothing. */
export type ReadHeads = { heads: SignedHead[]; unreadable: number };

const isHead = (value: unknown): value is SignedHead => {
  if (typeof value !== 'object' || value === null) return false;
  const { seq, hash, at, publicKey, signature } = value as Record<string, unknown>;
  const texts = [hash, at, publicKey, signature].every((text) => typeof text === 'string');
  return texts && Number.isSafeInteger(seq) && (seq as number) > 0;
};

const parseHead = (line: string): SignedHead | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return isHead(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** @returns nothing where there is no such file; lines that are no heads are counted and skipped */
export const readHeads = (file: string): ReadHeads => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { heads: [], unreadable: 0 };
  }
  const lines = text.split('\n').filter((line) => line !== '');
  const heads = lines.map(parseHead).filter((head) => head !== undefined);
  return { heads, unreadable: lines.length - heads.length };
};

/** A line that was cut off stays a line of its own. */
const endsInLine = (handle: number): boolean => {
  const { size } = fstatSync(handle);
  if (size === 0) return true;
  const last = Buffer.alloc(1);
  readSync(handle, last, 0, 1, size - 1);
  return last.toString() === '\n';
};

/** Adds a head and waits until it is on the disk. Only the portal's own user can read the file. */
export const appendHead = (file: string, head: SignedHead): void => {
  const handle = openSync(file, 'a+', 0o600);
  try {
    writeSync(handle, `${endsInLine(handle) ? '' : '\n'}${JSON.stringify(head)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};
