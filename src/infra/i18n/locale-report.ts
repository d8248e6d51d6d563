import { LANGUAGES } from '../../kernel/languages.js';
import { type LocaleFault, type LocaleFile, localeFaults, localeTexts } from '../../kernel/locale-checks.js';
import { Texts } from './texts.js';

/**
 * What a person is told about the locale files: every fault with its file, key and mend, in both languages.
 * @param folder the `locales` folder, from which the sentences of the report come too
 */
export const localeReport = (folder: string, files: readonly LocaleFile[]): { passed: boolean; text: string } => {
  const faults = localeFaults(files);
  const texts = loadTexts(folder);
  if (faults.length === 0 && texts)
    return { passed: true, text: inBoth(texts, 'passed', { texts: localeTexts(files) }) };
  const lines = faults.map((fault) => (texts ? inWords(texts, fault) : inCodes(fault)));
  return { passed: false, text: lines.join('') };
};

/** The files under check may be too broken to speak from. */
const loadTexts = (folder: string): Texts | undefined => {
  try {
    const texts = Texts.load(folder);
    return LANGUAGES.every((language) => texts.has(language, 'locale-checks:passed')) ? texts : undefined;
  } catch {
    return undefined;
  }
};

const inBoth = (texts: Texts, key: string, values: Record<string, string | number>): string =>
  LANGUAGES.map((language) => `${texts.t(language, `locale-checks:${key}`, values)}\n`).join('');

const placeOf = ({ language, file, key }: LocaleFault): string => `locales/${language}/${file} ${key}`.trimEnd();

const inWords = (texts: Texts, fault: LocaleFault): string =>
  `${placeOf(fault)} [${fault.code}]\n${LANGUAGES.map((language) => `  ${texts.t(language, `locale-checks:faults.${fault.code}`, fault.values)}\n`).join('')}`;

const inCodes = (fault: LocaleFault): string =>
  `${placeOf(fault)} [${fault.code}] ${Object.values(fault.values ?? {}).join(' ')}\n`;
