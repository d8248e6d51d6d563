import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectFolder } from '../../src/infra/config/config.js';
import { readLocaleFiles } from '../../src/infra/i18n/locale-files.js';
import { localeReport } from '../../src/infra/i18n/locale-report.js';
import { Texts } from '../../src/infra/i18n/texts.js';
import { LANGUAGES } from '../../src/kernel/languages.js';
import { localeFaults } from '../../src/kernel/locale-checks.js';
import { placeholdersOf } from '../../src/kernel/locale-text-checks.js';
import { missingTexts } from '../support/locale-completeness.js';

const folder = join(projectFolder, 'locales');
const texts = Texts.load(folder);

describe('the locale files', () => {
  test('are written alike in both languages', () => {
    expect(localeFaults(readLocaleFiles(folder))).toEqual([]);
    expect(localeReport(folder, readLocaleFiles(folder)).passed).toBe(true);
  });

  test('hold every text that the program asks for, and no other', async () => {
    expect(await missingTexts()).toEqual([]);
  });
});

describe('texts with placeholders', () => {
  /** What the program passes; anything else would stay empty in the answer. */
  const PASSED = {
    problems: ['{{header}}', '{{limit, number}}', '{{side}}', '{{state}}', '{{status}}', '{{version}}', '{{year}}'],
    errors: ['{{max}}', '{{min}}', '{{vocabulary}}', '{{codePoints}}'],
    operations: ['{{one}}', '{{many}}', '{{genitive}}', '{{genitiveMany}}', '{{accusative}}'],
  };
  const leaves = (tree: object): string[] =>
    Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : leaves(value as object)));
  const plain = (text: string): string[] => [...placeholdersOf(text)].filter((found) => found.startsWith('{{'));

  test.each(LANGUAGES)('use only what is passed (%s)', (language) => {
    const { errors, ...problems } = texts.namespace(language, 'problems');
    for (const text of leaves(problems)) expect(PASSED.problems).toEqual(expect.arrayContaining(plain(text)));
    for (const text of leaves(errors as object)) expect(PASSED.errors).toEqual(expect.arrayContaining(plain(text)));
    for (const text of leaves(texts.namespace(language, 'operations')))
      expect(PASSED.operations).toEqual(expect.arrayContaining(plain(text)));
    for (const namespace of ['fields', 'parameters', 'documentation', 'resources', 'vocabularies'])
      expect(leaves(texts.namespace(language, namespace)).flatMap(plain)).toEqual([]);
  });

  test.each(LANGUAGES)('name codes by their labels (%s)', (language) => {
    const label = texts.t(language, 'vocabularies:recordState.codes.withdrawn');
    const conflict = texts.t(language, 'problems:resource.conflict.detail', { state: 'withdrawn' });
    expect(conflict).toContain(label);
    expect(conflict).not.toMatch(/\$t|\{\{|withdrawn/);
    const unknown = texts.t(language, 'problems:errors.unknown-code', { vocabulary: 'unit' });
    expect(unknown).toContain(texts.t(language, 'vocabularies:unit.title'));
  });

  test('write numbers as each language does', () => {
    const limit = (language: 'zh' | 'ru') => texts.t(language, 'problems:request.too-large.detail', { limit: 1048576 });
    expect(limit('zh')).toContain('1,048,576');
    expect(limit('ru')).toContain('1\u00A0048\u00A0576');
  });
});
