import { canServe, type LocaleFault, localeFaults } from '../../kernel/locale-checks.js';
import { refusal } from '../lifecycle/refusal.js';
import { readLocaleFiles } from './locale-files.js';
import { Texts } from './texts.js';

/** Where a fault is and what it is, in codes. */
const faultPlace = ({ language, file, key, code }: LocaleFault): string =>
  `${language}/${file} ${key} [${code}]`.replace('  ', ' ');

/**
 * The texts that a process starts with.
 * @throws Refusal naming the first fault with which the portal could not speak
 */
export const servingTexts = (folder: string): Texts => {
  const files = readLocaleFiles(folder);
  const bad = localeFaults(files).find((fault) => !canServe([fault]));
  if (bad) throw refusal('locales.broken', { folder, fault: faultPlace(bad) });
  return Texts.of(files);
};
