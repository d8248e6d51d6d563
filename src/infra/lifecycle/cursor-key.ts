import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { refusal } from './refusal.js';

const SHORTEST_KEY = 32;

/**
 * Makes the key of page cursors lasting where none was stated: the one in the data folder is used,
 * or the one of this configuration becomes it.
 * @param folder the data folder, which is there
 */
export const keepCursorKey = (config: Config, folder: string): Config => {
  if (config.cursorKeyStated) return config;
  const file = join(folder, 'cursor-key');
  const cursorKey = readKey(file) ?? writeKey(file, config.cursorKey);
  if (cursorKey.length < SHORTEST_KEY) throw refusal('data.cursorKey', { file });
  return Object.freeze({ ...config, cursorKey });
};

const readKey = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw refusal('data.cursorKey', { file }, error);
  }
};

/** Written aside and linked, so that the file is never there half-written. */
const writeKey = (file: string, key: string): string => {
  const aside = `${file}.new`;
  rmSync(aside, { force: true });
  writeFileSync(aside, key, { mode: 0o600, flag: 'wx' });
  linkSync(aside, file);
  rmSync(aside);
  return key;
};
