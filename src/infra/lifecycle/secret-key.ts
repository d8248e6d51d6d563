import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { refusal } from './refusal.js';

const SHORTEST_KEY = 32;

/**
 * Makes the portal's secret lasting where none was stated: the one in the data folder is used,
 * or the one of this configuration becomes it.
 * @param folder the data folder, which is there
 */
export const keepSecretKey = (config: Config, folder: string): Config => {
  if (config.secretKeyStated) return config;
  const file = join(folder, 'secret-key');
  const secretKey = readKey(file) ?? writeKey(file, config.secretKey);
  if (secretKey.length < SHORTEST_KEY) throw refusal('data.secretKey', { file });
  return Object.freeze({ ...config, secretKey });
};

const readKey = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw refusal('data.secretKey', { file }, error);
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
