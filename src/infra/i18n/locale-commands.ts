import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from '../../kernel/languages.js';
import { canonicalJson, type LocaleFile, localeTexts, missingTexts } from '../../kernel/locale-checks.js';
import { mendedTree } from '../../kernel/locale-mend.js';
import { readLocaleFiles } from './locale-files.js';
import { localeReport } from './locale-report.js';

type Outcome = { passed: boolean; text: string };

const COMMANDS = ['check', 'status', 'sort', 'mend'] as const;
type Command = (typeof COMMANDS)[number];

/** Writes what differs; a file that is not JSON is for a person to mend. */
const rewrite = (
  folder: string,
  files: readonly LocaleFile[],
  change: (file: LocaleFile, tree: unknown) => unknown,
) => {
  const written: string[] = [];
  for (const file of files) {
    const text = rewritten(file, change);
    if (text === undefined || text === file.text) continue;
    writeFileSync(join(folder, file.language, file.name), text);
    written.push(`locales/${file.language}/${file.name}\n`);
  }
  return written.join('');
};

const rewritten = (file: LocaleFile, change: (file: LocaleFile, tree: unknown) => unknown): string | undefined => {
  try {
    return canonicalJson(change(file, JSON.parse(file.text)));
  } catch {
    return undefined;
  }
};

/** A line for each namespace: texts of both languages, and how many of them the other one lacks. */
const statusTable = (files: readonly LocaleFile[]): string => {
  const names = [...new Set(files.map(({ name }) => name))].sort();
  const rows = names.map((name) => {
    const pair = files.filter((file) => file.name === name);
    const cells = LANGUAGES.flatMap((language) => {
      const own = pair.filter((file) => file.language === language);
      return [localeTexts(own), missingTexts(pair, language)];
    });
    return [name, ...cells];
  });
  const header = ['', ...LANGUAGES.flatMap((language) => [language, `– ${language}`])];
  return [header, ...rows].map((row) => row.map((cell, n) => pad(String(cell), n)).join(' ')).join('\n');
};

const pad = (cell: string, column: number): string => (column === 0 ? cell.padEnd(28) : cell.padStart(6));

/**
 * What `npm run locales` does: `check` (the default) tells every fault, `status` counts, `sort` writes the files in
 * their one form, `mend` does that and mends what needs no judgement; what is left is told.
 */
export const runLocales = (folder: string, [command = 'check', ...rest]: readonly string[]): Outcome => {
  if (!COMMANDS.includes(command as Command) || rest.length > 0)
    return { passed: false, text: `npm run locales -- ${COMMANDS.join(' | ')}\n` };
  const files = readLocaleFiles(folder);
  if (command === 'status') return { passed: true, text: `${statusTable(files)}\n` };
  const written =
    command === 'check'
      ? ''
      : rewrite(folder, files, (file, tree) => (command === 'mend' ? mendedTree(file.language, tree) : tree));
  const report = localeReport(folder, readLocaleFiles(folder));
  return { passed: report.passed, text: written + report.text };
};
