import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { projectFolder } from '../config/config.js';
import { Refusal } from '../lifecycle/refusal.js';
import { ServingLocales } from './serving-locales.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-locales-'));
  cpSync(join(projectFolder, 'locales'), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const edit = (file: string, change: (text: string) => string) =>
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));

const outcome = (): unknown => {
  try {
    return ServingLocales.read(folder).texts.t('ru', 'vocabularies:recordState.codes.draft');
  } catch (error) {
    return error;
  }
};

describe('the texts that a process starts with', () => {
  it('are those of the folder', () => {
    expect(outcome()).toBe('черновик');
  });

  it('may be worded clumsily', () => {
    edit('ru/vocabularies.json', (text) => text.replace('"draft": "черновик"', '"draft": "черновик  записи"'));
    expect(outcome()).toBe('черновик  записи');
  });

  it.each<[string, (text: string) => string, string]>([
    ['no JSON', (text) => text.slice(1), 'ru/vocabularies.json [not-json]'],
    [
      'a text too few',
      (text) => text.replace('"draft": "черновик",', ''),
      'ru/vocabularies.json recordState.codes.draft [missing-key]',
    ],
    [
      'an empty text',
      (text) => text.replace('"черновик"', '""'),
      'ru/vocabularies.json recordState.codes.draft [empty]',
    ],
  ])('are refused by file and key with %s', (_, change, fault) => {
    edit('ru/vocabularies.json', change);
    const refused = outcome() as Refusal;
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused.reasons).toEqual([{ code: 'locales.broken', values: { folder, fault } }]);
  });
});
