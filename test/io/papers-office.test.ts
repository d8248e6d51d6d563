import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LANGUAGES } from '../../src/kernel/languages.js';
import { actorOf } from '../support/actors.js';
import { askPaper, makePaperMeeting } from '../support/papers.js';
import { startPortal, type TestPortal } from '../support/portal.js';

/** An office program and a reader of its output, of Debian; wherever changes are judged they have to be there. */
const TOOLS = ['/usr/bin/soffice', '/usr/bin/pdftotext', '/usr/bin/pdftoppm', '/usr/bin/pdffonts'];
const isThere = TOOLS.every((tool) => existsSync(tool));
const withOffice = isThere || process.env.CI ? it : it.skip;
if (!isThere)
  process.stderr.write('\nTHE PAPERS WERE NOT PRINTED: LibreOffice Writer or poppler-utils is not installed\n\n');

/** An office program takes its time to start. */
const PATIENCE_MS = 120_000;

const KINDS = ['minutes', 'agenda', 'invitation'] as const;
const COPIES = KINDS.flatMap((kind) => LANGUAGES.map((copyFor) => [kind, copyFor] as const));

/** Typefaces that are meant, and those that stand in for them with the same measures or the same script. */
const MEANT = /^(?:[A-Z]{6}\+)?(SimSun|NotoSerifCJK|NotoSansCJK|TimesNewRoman|LiberationSerif)/;

const folder = mkdtempSync(join(tmpdir(), 'papers-'));
let portal: TestPortal;

const run = (tool: string, ...args: string[]): string =>
  execFileSync(tool, args, { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });

beforeAll(async () => {
  portal = await startPortal();
  const { id } = await makePaperMeeting(portal);
  // Minutes that nobody has published yet are for those who write them.
  const actor = await actorOf(portal, 'org-heihe-ftz');
  for (const [kind, copyFor] of COPIES) {
    const { status, body } = await askPaper(portal, `/meetings/${id}/${kind}.docx?copyFor=${copyFor}`, { actor });
    expect(status).toBe(200);
    writeFileSync(join(folder, `${kind}-${copyFor}.docx`), body);
  }
}, PATIENCE_MS);
afterAll(async () => {
  await portal?.close();
  rmSync(folder, { recursive: true, force: true });
});

const pagesOf = (name: string): string[] =>
  run('pdftotext', '-layout', `${name}.pdf`, '-').replace(/\f$/, '').split('\f');

describe('an office program', () => {
  withOffice(
    'prints every copy: both languages on each page, in the typefaces that are meant',
    () => {
      const files = COPIES.map(([kind, copyFor]) => `${kind}-${copyFor}.docx`);
      const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
      run('soffice', profile, '--headless', '--convert-to', 'pdf', ...files);
      for (const [kind, copyFor] of COPIES) {
        const name = `${kind}-${copyFor}`;
        const pages = pagesOf(name);
        expect([name, pages.length]).toEqual([name, kind === 'minutes' ? 3 : 2]);
        for (const [n, page] of pages.entries()) {
          expect(page).toContain(`第 ${n + 1} 页，共 ${pages.length} 页`);
          expect(page).toContain(`стр. ${n + 1} из ${pages.length}`);
        }
        const text = pages.join('\n');
        expect(text).toContain('黑龙江（阿穆尔河）两岸');
        expect(text).toContain('берега реки Амур (Хэйлунцзян)');
        // What no typeface has is printed as an empty box, or as the sign of a character that could not be read.
        expect(text).not.toMatch(/[\uFFFD\u25A1\uE000-\uF8FF]/);
        const fonts = run('pdffonts', `${name}.pdf`).trim().split('\n').slice(2);
        expect(fonts.length).toBeGreaterThanOrEqual(3);
        for (const font of fonts) {
          expect(font).toMatch(MEANT);
          expect(font).toMatch(/ yes yes yes /);
        }
      }
    },
    PATIENCE_MS,
  );

  withOffice(
    'keeps the signature blocks on one page, and draws something on each',
    () => {
      const last = pagesOf('minutes-zh').at(-1)!;
      for (const words of ['两种文本同等作准', '中方代表', 'За российскую Сторону', '签字 / Подпись', '日期 / Дата'])
        expect(last).toContain(words);
      run('pdftoppm', '-r', '40', '-png', 'minutes-zh.pdf', 'page');
      const pictures = readdirSync(folder).filter((name) => /^page-\d+\.png$/.test(name));
      expect(pictures).toHaveLength(3);
      for (const picture of pictures) {
        const bytes = readFileSync(join(folder, picture));
        expect(bytes.subarray(1, 4).toString()).toBe('PNG');
        // A blank page of this size takes some 200 bytes.
        expect(bytes.length).toBeGreaterThan(2_000);
      }
    },
    PATIENCE_MS,
  );
});
