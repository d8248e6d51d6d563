import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Texts } from '../../infra/i18n/texts.js';
import { checkPair } from '../../kernel/checks/checks.js';
import type { Finding } from '../../kernel/checks/finding.js';
import { compileGlossary, type Glossary } from '../../kernel/checks/glossary-index.js';
import { alarmsOf, measure, measureTable } from '../../kernel/checks/measure.js';
import { type PairRow, pairRows } from '../../kernel/checks/pair-table.js';
import { LANGUAGES, type Language } from '../../kernel/languages.js';
import { readTerms } from './terms-file.js';

/** What a run of the checks prints and whether it passed: errors fail it, warnings do not. */
export type ChecksReport = { passed: boolean; text: string };

type Values = Record<string, string | number>;

const say = (texts: Texts, language: Language, key: string, values: Values = {}): string =>
  texts.t(language, `translation-checks:${key}`, values);

const inBoth = (texts: Texts, key: string, values: Values = {}): string =>
  LANGUAGES.map((language) => `${say(texts, language, key, values)}\n`).join('');

const findingText = (texts: Texts, line: number, finding: Finding): string =>
  LANGUAGES.map((language) => {
    const { check, severity, message, suggestion, start, values } = finding;
    const place = say(texts, language, 'report.place', {
      line,
      position: start + 1,
      language: say(texts, language, `languages.${finding.language}`),
      check: say(texts, language, `checks.${check}`),
      severity: say(texts, language, `severities.${severity}`),
    });
    const advice = suggestion === '' ? 'report.remove' : 'report.suggestion';
    const mend = suggestion === undefined ? '' : `\n  ${say(texts, language, advice, { suggestion })}`;
    return `${place}\n  ${say(texts, language, `messages.${message}`, values)}${mend}\n`;
  }).join('');

const report = (texts: Texts, rows: readonly PairRow[], skipped: ReadonlySet<string> = new Set()): ChecksReport => {
  const found = rows.flatMap(({ line, pair }) =>
    checkPair(pair)
      .filter(({ check }) => !skipped.has(check))
      .map((finding) => ({ line, finding })),
  );
  const errors = found.filter(({ finding }) => finding.severity === 'error').length;
  const summary = { pairs: rows.length, errors, warnings: found.length - errors };
  const lines = found.map(({ line, finding }) => findingText(texts, line, finding));
  return { passed: errors === 0, text: `${lines.join('')}${inBoth(texts, 'report.summary', summary)}` };
};

/** Reads and compiles the glossary of a project folder. */
export const projectGlossary = (folder: string): Glossary =>
  compileGlossary(readTerms(join(folder, 'glossary', 'terms.csv')));

/** Checks a bilingual table: any CSV file with the columns `zh` and `ru`. */
const fileReport = (texts: Texts, folder: string, file: string): ChecksReport =>
  report(texts, pairRows(readFileSync(file, 'utf8'), projectGlossary(folder), true));

/** A term explains itself in brackets, and «10 тысяч юаней» is 万元: figures are no part of it. */
const NOT_OF_TERMS: ReadonlySet<string> = new Set(['quantities', 'dates', 'document-numbers']);

/** Checks the glossary against itself: each of its rows is a pair. */
export const glossaryReport = (texts: Texts, folder: string): ChecksReport => {
  const text = readFileSync(join(folder, 'glossary', 'terms.csv'), 'utf8');
  const rows = pairRows(text, projectGlossary(folder)).map((row) => ({
    ...row,
    pair: { ...row.pair, source: 'both' as const },
  }));
  return report(texts, rows, NOT_OF_TERMS);
};

/** Rows of the table of examples on which a check does not behave as the table says. */
export const wrongExamples = (folder: string): PairRow[] =>
  pairRows(readFileSync(join(folder, 'checks', 'examples.csv'), 'utf8'), projectGlossary(folder)).filter(
    (row) => alarmsOf(row).has(row.values.check!) !== (row.values.alarms === 'yes'),
  );

/** Runs the examples that translators keep. */
const examplesReport = (texts: Texts, folder: string): ChecksReport => {
  const wrong = wrongExamples(folder);
  const lines = wrong.map(({ line, values }) => inBoth(texts, 'report.example', { line, check: values.check! }));
  return { passed: wrong.length === 0, text: lines.join('') };
};

/** Measures the checks against the labelled pairs. */
export const measureReport = (folder: string): ChecksReport => {
  const text = readFileSync(join(folder, 'checks', 'labelled.csv'), 'utf8');
  return { passed: true, text: measureTable(measure(pairRows(text, projectGlossary(folder)))) };
};

/**
 * Runs what the words of the command line ask for.
 * @returns what to print; a wrong word or an unreadable file is said in both languages and does not pass
 */
export const checksCommand = (texts: Texts, folder: string, words: readonly string[]): ChecksReport => {
  const [option, file] = words;
  try {
    if (option === '--file' && file) return fileReport(texts, folder, file);
    if (option === '--glossary') return glossaryReport(texts, folder);
    if (option === '--examples') return examplesReport(texts, folder);
    if (option === '--measure') return measureReport(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { passed: false, text: inBoth(texts, 'report.unreadable', { file: file ?? '', reason }) };
  }
  return { passed: false, text: inBoth(texts, 'report.usage') };
};
