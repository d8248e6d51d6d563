import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectFolder } from '../../src/infra/config/config.js';
import { runLocales } from '../../src/infra/i18n/locale-commands.js';
import { LANGUAGES } from '../../src/kernel/languages.js';

/** The library with which Weblate reads and writes locale files, from Debian; wherever changes are judged it has to be there. */
const PYTHON = '/usr/bin/python3';
const TOOLKIT = '/usr/lib/python3/dist-packages/translate/storage/jsonl10n.py';
const withToolkit = existsSync(TOOLKIT) || process.env.CI ? it : it.skip;
if (!existsSync(TOOLKIT))
  process.stderr.write('\nTHE LOCALE FILES WERE NOT READ BY TRANSLATE-TOOLKIT: it is not installed\n\n');

/** Reads each file, lets a person change one text of it, and writes it again. */
const SCRIPT = `
import sys
from translate.storage.jsonl10n import I18NextV4File
language, key, target = sys.argv[1:4]
for path in sys.argv[4:]:
    with open(path, 'rb') as file:
        store = I18NextV4File()
        store.settargetlanguage(language)
        store.parse(file.read())
    for unit in store.units:
        if unit.getid() == key:
            unit.target = target
    with open(path, 'wb') as file:
        file.write(bytes(store))
`;

const project = join(projectFolder, 'locales');
const folder = mkdtempSync(join(tmpdir(), 'portal-locales-'));
beforeAll(() => cpSync(project, folder, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rewrite = (language: string, names: string[], key = '', target = ''): void => {
  const files = names.map((name) => join(folder, language, name));
  execFileSync(PYTHON, ['-c', SCRIPT, language, key, target, ...files]);
};
const read = (root: string, language: string, name: string): string => readFileSync(join(root, language, name), 'utf8');
const namesOf = (language: string): string[] => readdirSync(join(project, language));

describe('the locale files in the hands of translate-toolkit', () => {
  withToolkit('come back with every text, plural forms included, and in their own form once sorted', () => {
    for (const language of LANGUAGES) rewrite(language, namesOf(language));
    for (const language of LANGUAGES) {
      for (const name of namesOf(language))
        expect(JSON.parse(read(folder, language, name))).toEqual(JSON.parse(read(project, language, name)));
    }
    expect(runLocales(folder, ['sort']).passed).toBe(true);
    for (const language of LANGUAGES) {
      for (const name of namesOf(language)) expect(read(folder, language, name)).toBe(read(project, language, name));
    }
  });

  withToolkit('take a text that was edited there, and nothing else changes', () => {
    rewrite('ru', ['vocabularies.json'], '.recordState.codes.draft', 'набросок');
    expect(runLocales(folder, ['sort']).passed).toBe(true);
    expect(read(folder, 'ru', 'vocabularies.json')).toBe(
      read(project, 'ru', 'vocabularies.json').replace('"draft": "черновик"', '"draft": "набросок"'),
    );
  });

  withToolkit('would lose a Russian form for fractions, so there is none and the check refuses one', () => {
    const forms = {
      n_one: '{{count}} день',
      n_few: '{{count}} дня',
      n_many: '{{count}} дней',
      n_other: '{{count}} дня',
    };
    for (const [language, tree] of Object.entries({ zh: { n_other: '{{count}} 天' }, ru: forms }))
      writeFileSync(join(folder, language, 'days.json'), `${JSON.stringify(tree, undefined, 2)}\n`);
    expect(runLocales(folder, ['check']).text).toContain('plural-set');
    rewrite('ru', ['days.json']);
    const { n_other: _, ...whole } = forms;
    expect(JSON.parse(read(folder, 'ru', 'days.json'))).toEqual(whole);
  });
});
