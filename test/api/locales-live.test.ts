import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { projectFolder } from '../../src/infra/config/config.js';
import type { Language } from '../../src/kernel/languages.js';
import { startPortal, type TestPortal } from '../support/portal.js';

const folder = mkdtempSync(join(tmpdir(), 'portal-locales-'));
const restore = () => cpSync(join(projectFolder, 'locales'), folder, { recursive: true });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let portal: TestPortal;
beforeAll(async () => {
  restore();
  portal = await startPortal({ template: 'portal_empty', config: { localesFolder: folder } });
});
afterAll(async () => {
  await portal.close();
  rmSync(folder, { recursive: true, force: true });
});

type Health = { status: string; warnings?: { code: string; faults: { file: string; key: string; code: string }[] }[] };
const health = async (): Promise<Health> => (await fetch(`${portal.url}/health/ready`)).json() as Promise<Health>;

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  for (let n = 0; n < 100; n += 1) {
    if (await holds()) return;
    await pause(200);
  }
  throw new Error('it did not come about');
};

/** Writes one text of a file the way editors do: a new file that takes the place of the old one. */
const edit = (language: Language, name: string, change: (text: string) => string) => {
  const file = join(folder, language, name);
  const text = change(readFileSync(file, 'utf8'));
  writeFileSync(`${file}~`, text);
  renameSync(`${file}~`, file);
};

const labelOf = async (language: Language): Promise<string> => {
  const { body } = await portal.ask(`/vocabularies/recordState?lang=${language}`);
  return body.codes.find(({ code }: { code: string }) => code === 'draft').label[language];
};
const titleOf = async (language: Language): Promise<string> =>
  (await portal.ask('/leads/x', { headers: { 'Accept-Language': language } })).body.title;

beforeEach(async () => {
  restore();
  await until(async () => (await health()).warnings === undefined && (await labelOf('ru')) === 'черновик');
});

describe('edited locale files', () => {
  it('go live without a restart, in answers, problems and documents at once', async () => {
    const before = await (await fetch(`${portal.url}/openapi.ru.json`)).text();
    const problem = await titleOf('ru');
    edit('ru', 'vocabularies.json', (text) => text.replace('"draft": "черновик"', '"draft": "набросок"'));
    edit('ru', 'problems.json', (text) => text.replaceAll(JSON.stringify(problem), '"Нет такой записи"'));
    await until(async () => (await labelOf('ru')) === 'набросок');
    expect(await titleOf('ru')).toBe('Нет такой записи');
    expect(await labelOf('zh')).toBe('草稿');
    const after = await (await fetch(`${portal.url}/openapi.ru.json`)).text();
    expect(after).not.toBe(before);
    expect(after).toContain('набросок');
    expect((await health()).warnings).toBeUndefined();
  });

  it('that are broken are refused, the old texts serve on, and readiness names file, key and fault', async () => {
    edit('zh', 'vocabularies.json', (text) => text.replace('"draft": "草稿"', '"draft": "初稿"').slice(0, -10));
    await until(async () => (await health()).warnings !== undefined);
    const { status, warnings } = await health();
    expect(status).toBe('ready');
    expect(warnings).toEqual([
      {
        code: 'locales.refused',
        faults: expect.arrayContaining([{ file: 'zh/vocabularies.json', key: '', code: 'not-json' }]),
      },
    ]);
    expect(await labelOf('zh')).toBe('草稿');
    edit('zh', 'vocabularies.json', () =>
      readFileSync(join(projectFolder, 'locales/zh/vocabularies.json'), 'utf8').replace(
        '"draft": "草稿"',
        '"draft": "初稿"',
      ),
    );
    await until(async () => (await labelOf('zh')) === '初稿');
    expect((await health()).warnings).toBeUndefined();
  });

  it.each<[string, (text: string) => string, string]>([
    ['a text too few', (text) => text.replace(/^ {4}"health\.live.*\n|^ {2}"[a-z]+Label": .*\n/m, ''), 'missing-key'],
    ['a placeholder that nobody fills in', (text) => text.replace('"title": "', '"title": "{{who}} '), 'placeholders'],
    ['letters of the other alphabet', (text) => text.replace('"title": "', '"title": "项目'), 'foreign-script'],
  ])('with %s are refused as a whole', async (_, change, code) => {
    edit('ru', 'vocabularies.json', (text) => text.replace('"draft": "черновик"', '"draft": "набросок"'));
    edit('ru', 'documentation.json', change);
    await until(
      async () => (await health()).warnings?.some(({ faults }) => faults.some((fault) => fault.code === code)) ?? false,
    );
    expect(await labelOf('ru')).toBe('черновик');
  });
});
