import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectFolder } from '../../src/infra/config/config.js';
import { type LocaleTree, Texts } from '../../src/infra/i18n/texts.js';
import { CHECKS, checkPair } from '../../src/kernel/checks/checks.js';
import type { Finding, TranslationPair } from '../../src/kernel/checks/finding.js';
import { expectedOf } from '../../src/kernel/checks/measure.js';
import { pairRows } from '../../src/kernel/checks/pair-table.js';
import { openFindings, type Waiver } from '../../src/kernel/checks/waivers.js';
import { LANGUAGES } from '../../src/kernel/languages.js';
import {
  checksCommand,
  glossaryReport,
  measureReport,
  projectGlossary,
  wrongExamples,
} from '../../src/platform/glossary/checks-report.js';
import { readTerms, termsFrom } from '../../src/platform/glossary/terms-file.js';

const texts = Texts.load(join(projectFolder, 'locales'));
const glossary = projectGlossary(projectFolder);

type Node = { [member: string]: unknown };

/** Every text in both languages below a value, with its place and the source language that holds there. */
const pairsBelow = (
  value: unknown,
  place: string,
  source: TranslationPair['source'],
): { place: string; zh: string; ru: string; source: TranslationPair['source'] }[] => {
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Node;
  const own = (node.sourceLanguage as TranslationPair['source'] | undefined) ?? source;
  if (typeof node.zh === 'string' && typeof node.ru === 'string')
    return [{ place, zh: node.zh, ru: node.ru, source: own }];
  return Object.entries(node).flatMap(([name, inner]) => {
    const step = Array.isArray(node) && (inner as Node)?.key ? String((inner as Node).key) : name;
    return pairsBelow(inner, `${place}/${step}`, own);
  });
};

const seedPairs = readdirSync(join(projectFolder, 'seeds')).flatMap((file) =>
  pairsBelow(JSON.parse(readFileSync(join(projectFolder, 'seeds', file), 'utf8')), file, 'both'),
);

const leaves = (tree: LocaleTree, path: string): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  );

/** Warnings on texts that stand as their document has them. */
const WAIVED: Record<string, Omit<Waiver, 'fingerprints'>> = {
  'tasks.json/task-tj-2020-5/title': {
    check: 'glossary',
    message: 'term-forbidden',
    language: 'zh',
    excerpt: '犹太州',
    reason: 'The title repeats the words of the plan of 2019.',
  },
};

describe('the checks leave alone', () => {
  test('every pair of the content that comes with the portal', () => {
    expect(seedPairs.length).toBeGreaterThan(1_000);
    const alarms = seedPairs.flatMap(({ place, ...pair }) => {
      const prints = { zh: pair.zh, ru: pair.ru };
      const waived = WAIVED[place];
      const waivers = waived ? [{ ...waived, fingerprints: prints }] : [];
      return openFindings(checkPair({ ...pair, glossary }), waivers, prints).map(
        (finding) => `${place} ${inShort(finding)}`,
      );
    });
    expect(alarms).toEqual([]);
  });

  test('the texts of the portal itself, but for warnings', () => {
    const files = readdirSync(join(projectFolder, 'locales', 'zh'));
    const errors = files.flatMap((file) => {
      const [zh, ru] = LANGUAGES.map((language) => leaves(texts.namespace(language, file.replace('.json', '')), ''));
      return zh!.flatMap(([field, text]) => {
        const russian = new Map(ru).get(field);
        if (russian === undefined) return [];
        return checkPair({ zh: text, ru: russian, source: 'both', field, glossary })
          .filter(({ severity }) => severity === 'error')
          .map((finding) => `${file} ${field} ${inShort(finding)}`);
      });
    });
    expect(errors).toEqual([]);
  });

  test('every pair of the glossary', () => {
    expect(glossaryReport(texts, projectFolder).text.split('\n')).toHaveLength(3);
  });
});

const inShort = ({ check, message, excerpt }: Finding): string => `${check}/${message} [${excerpt}]`;

describe('the examples that translators keep', () => {
  test('hold, row by row', () => {
    expect(wrongExamples(projectFolder).map(({ line, values }) => `${line} ${values.check}`)).toEqual([]);
  });

  test('show for every check what alarms and what does not', () => {
    const text = readFileSync(join(projectFolder, 'checks', 'examples.csv'), 'utf8');
    const shown = new Set(pairRows(text, glossary).map(({ values }) => `${values.check} ${values.alarms}`));
    expect([...shown].sort()).toEqual(CHECKS.flatMap(({ id }) => [`${id} no`, `${id} yes`]).sort());
  });
});

describe('the labelled pairs', () => {
  const rows = pairRows(readFileSync(join(projectFolder, 'checks', 'labelled.csv'), 'utf8'), glossary);

  test('are at least 300, with a dozen faults for every check and pairs without any', () => {
    expect(rows.length).toBeGreaterThanOrEqual(300);
    for (const { id } of CHECKS)
      expect(rows.filter((row) => expectedOf(row).has(id)).length).toBeGreaterThanOrEqual(12);
    expect(rows.filter((row) => expectedOf(row).size === 0).length).toBeGreaterThan(120);
    const known = new Set(CHECKS.map(({ id }) => id));
    expect(rows.flatMap((row) => [...expectedOf(row)]).filter((id) => !known.has(id))).toEqual([]);
  });

  test('give the table that docs/translation-checks.md shows', () => {
    const page = readFileSync(join(projectFolder, 'docs', 'translation-checks.md'), 'utf8');
    expect(page).toContain(measureReport(projectFolder).text);
  });

  test('raise no error, which nobody could waive, where a pair has no fault', () => {
    const errors = rows
      .filter((row) => expectedOf(row).size === 0)
      .flatMap(({ pair }) => checkPair(pair))
      .filter(({ severity }) => severity === 'error');
    expect(errors.map(inShort)).toEqual([]);
  });
});

describe('the glossary file', () => {
  test('keeps its grades, and grade A alone makes errors', () => {
    const terms = readTerms(join(projectFolder, 'glossary', 'terms.csv'));
    expect(new Set(terms.map(({ grade }) => grade))).toEqual(new Set(['A', 'B', 'P', 'E', '']));
    const errors = terms
      .filter(
        ({ use, zh }) => use === 'required' && checkPair({ zh, ru: 'иное', source: 'zh', glossary }).some(isTermError),
      )
      .map(({ grade }) => grade);
    expect(new Set(errors)).toEqual(new Set(['A']));
  });

  const isTermError = ({ check, severity }: Finding): boolean => check === 'glossary' && severity === 'error';

  test('is refused without a column or with half a term', () => {
    expect(() => termsFrom('zh,ru\n口岸,пункт пропуска\n')).toThrow(/domain/);
    const header = readFileSync(join(projectFolder, 'glossary', 'terms.csv'), 'utf8').split('\n')[0]!;
    expect(() => termsFrom(`${header}\n口岸,,checkpoint\n`)).toThrow(/口岸/);
  });
});

describe('npm run checks', () => {
  const run = (...words: string[]) =>
    spawnSync(process.execPath, [join(projectFolder, 'dist', 'src', 'cli', 'checks.js'), ...words], {
      encoding: 'utf8',
    });

  test('names line, position and mend in both languages, and fails on errors', () => {
    const folder = mkdtempSync(join(tmpdir(), 'checks-'));
    const file = join(folder, 'pairs.csv');
    writeFileSync(file, 'zh,ru,source\n合作,сотрудничество,zh\n投资24.7亿元,"Инвестиции – 24,7\u00A0млрд юаней",zh\n');
    const { status, stderr } = run('--file', file);
    rmSync(folder, { recursive: true });
    expect(status).toBe(1);
    expect(stderr).toContain('第 3 行，俄文，第 14 位：数量，错误');
    expect(stderr).toContain('Строка 3, русский текст, позиция 14: Количества, ошибка');
    expect(stderr).toContain('Предлагается: «2,47\u00A0млрд»');
  });

  test('says what is wrong with a file or a word it does not know', () => {
    expect(checksCommand(texts, projectFolder, ['--file', '/nowhere.csv'])).toMatchObject({ passed: false });
    expect(checksCommand(texts, projectFolder, []).text).toContain('--measure');
    expect(checksCommand(texts, projectFolder, ['--examples'])).toMatchObject({ passed: true });
  });
});
