import { canServe, type LocaleFault, type LocaleFile, localeFaults } from '../../kernel/locale-checks.js';
import { refusal } from '../lifecycle/refusal.js';
import { readLocaleFiles } from './locale-files.js';
import { Texts } from './texts.js';

/** Where a fault is and what it is, in codes. */
const faultPlace = ({ language, file, key, code }: LocaleFault): string =>
  `${language}/${file} ${key} [${code}]`.replace('  ', ' ');

/** The set of locale files that a process starts with, read and checked once. */
export class ServingLocales {
  private constructor(
    readonly folder: string,
    readonly files: readonly LocaleFile[],
    /** Faults of wording, with which the set serves all the same. */
    readonly faults: readonly LocaleFault[],
    readonly texts: Texts,
  ) {}

  /** @throws Refusal naming the first fault with which the portal could not speak */
  static read(folder: string): ServingLocales {
    const files = readLocaleFiles(folder);
    const faults = localeFaults(files);
    const bad = faults.find((fault) => !canServe([fault]));
    if (bad) throw refusal('locales.broken', { folder, fault: faultPlace(bad) });
    return new ServingLocales(folder, files, faults, Texts.of(files));
  }
}
