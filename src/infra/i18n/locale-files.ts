import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../../kernel/languages.js';
import type { LocaleFile } from '../../kernel/locale-checks.js';

/**
 * Every locale file as text, for the checks.
 * @param folder the `locales` folder with `zh` and `ru`
 */
export const readLocaleFiles = (folder: string): LocaleFile[] =>
  LANGUAGES.flatMap((language) =>
    readdirSync(join(folder, language))
      .filter((name) => name.endsWith('.json'))
      .map((name) => ({ language, name, text: readFileSync(join(folder, language, name), 'utf8') })),
  );
