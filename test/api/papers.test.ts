import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../src/kernel/actor.js';
import { LANGUAGES, type Language } from '../../src/kernel/languages.js';
import { actorOf } from '../support/actors.js';
import type { DocxPaper, DocxRow } from '../support/docx.js';
import {
  askPaper,
  clausesOf,
  linesOf,
  makePaperMeeting,
  type PaperMeeting,
  pathOf,
  readPaper,
  TEMPLATE_LIKE,
  whole,
} from '../support/papers.js';
import { startPortal, type TestPortal } from '../support/portal.js';

const KINDS = ['minutes', 'agenda', 'invitation'] as const;
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const HAN = /\p{Script=Han}/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;

let portal: TestPortal;
let meeting: PaperMeeting;
let owner: AccountActor;

beforeAll(async () => {
  portal = await startPortal();
  owner = await actorOf(portal, 'org-heihe-ftz');
  meeting = await makePaperMeeting(portal);
});
afterAll(() => portal?.close());

/** A paper as those who write it read it. */
const paperOf = (kind: string, copyFor: string, id = meeting.id): Promise<DocxPaper> =>
  readPaper(portal, kind, copyFor, id, owner);

/** A row without the order of its cells, and without that of the remark that a text is missing. */
const unordered = ({ cells }: DocxRow): string =>
  cells
    .map(({ lines }) => lines.map((line) => line.replace(/\[.*?\]/, '[]')).join('\n'))
    .sort()
    .join(' | ');

describe('both copies of a paper', () => {
  it.each(KINDS)('say the same clause by clause, the columns swapped (%s)', async (kind) => {
    const [zh, ru] = [await paperOf(kind, 'zh'), await paperOf(kind, 'ru')];
    expect(clausesOf(zh).length).toBeGreaterThanOrEqual(6);
    expect(clausesOf(ru).map(unordered)).toEqual(clausesOf(zh).map(unordered));
    for (const [n, row] of clausesOf(zh).entries()) {
      const [left, right] = row.cells.map(({ lines }) => lines.filter((line) => !line.includes('[')));
      const twin = clausesOf(ru)[n]!.cells.map(({ lines }) => lines.filter((line) => !line.includes('[')));
      expect(twin).toEqual([right, left]);
    }
    expect(zh.rows).toHaveLength(ru.rows.length);
  });

  it('put the language of the side that keeps them left', async () => {
    for (const kind of KINDS) {
      const [zh, ru] = [await paperOf(kind, 'zh'), await paperOf(kind, 'ru')];
      const heading = (paper: DocxPaper) =>
        paper.rows.map(({ cells }) => cells.map(({ lines }) => lines[0]!)).find(([left]) => /^(一、|I\. )/.test(left!));
      expect(heading(zh)).toEqual(['一、议程', 'I. Повестка дня']);
      expect(heading(ru)).toEqual(['I. Повестка дня', '一、议程']);
    }
  });

  it('name the side that keeps them first: title, places, parties, languages, signatures', async () => {
    const [zh, ru] = [await paperOf('minutes', 'zh'), await paperOf('minutes', 'ru')];
    expect(linesOf(zh, 0)).toEqual(expect.arrayContaining(['中俄会议纪要', '第三次会议', '黑河—布拉戈维申斯克']));
    expect(linesOf(zh, 1)).toEqual(
      expect.arrayContaining(['Протокол китайско-российского заседания', 'Третье заседание', 'Хэйхэ – Благовещенск']),
    );
    expect(linesOf(ru, 0)).toEqual(
      expect.arrayContaining(['Протокол российско-китайского заседания', 'Благовещенск – Хэйхэ']),
    );
    expect(linesOf(ru, 1)).toEqual(expect.arrayContaining(['俄中会议纪要', '布拉戈维申斯克—黑河']));
    expect(whole(zh)).toContain('每份均用中文和俄文写成，两种文本同等作准');
    expect(whole(ru)).toContain('каждый на русском и китайском языках, причём оба текста имеют одинаковую силу');
    const sidesOf = (paper: DocxPaper, column: 0 | 1) =>
      linesOf(paper, column).filter((line) => /^(中方代表|俄方代表|За китайскую|За российскую)/.test(line));
    expect([sidesOf(zh, 0), sidesOf(zh, 1)]).toEqual([
      ['中方代表', 'За китайскую Сторону'],
      ['俄方代表', 'За российскую Сторону'],
    ]);
    expect([sidesOf(ru, 0), sidesOf(ru, 1)]).toEqual([
      ['За российскую Сторону', '俄方代表'],
      ['За китайскую Сторону', '中方代表'],
    ]);
    const parties = (paper: DocxPaper, column: 0 | 1) =>
      linesOf(paper, column).filter((line) => /^(中方|俄方|Китайская Сторона|Российская Сторона)(：|: )/.test(line));
    expect(parties(zh, 0).map((line) => line.slice(0, 2))).toEqual(['中方', '俄方']);
    expect(parties(ru, 0).map((line) => line.split(' ')[0])).toEqual(['Российская', 'Китайская']);
  });

  it('call the river as each language does', async () => {
    for (const copyFor of LANGUAGES) {
      const text = whole(await paperOf('minutes', copyFor));
      expect(text).toContain('黑龙江（阿穆尔河）');
      expect(text).toContain('Амур (Хэйлунцзян)');
    }
  });

  it('show the time of both banks, that of the side that keeps them first', async () => {
    const zh = linesOf(await paperOf('minutes', 'zh'), 0).filter((line) => line.includes('UTC'));
    expect(zh).toEqual(['北京时间（UTC+8）：2026年6月30日23:30', '俄方当地时间（UTC+9）：2026年7月1日00:30']);
    const ru = linesOf(await paperOf('minutes', 'ru'), 0).filter((line) => line.includes('UTC'));
    expect(ru).toEqual([
      'Местное время российской Стороны (UTC+9): 1 июля 2026\u00A0г., 00:30',
      'Пекинское время (UTC+8): 30 июня 2026\u00A0г., 23:30',
    ]);
  });

  it('name fonts and language of every run, and tear no row', async () => {
    for (const kind of KINDS) {
      for (const copyFor of LANGUAGES) {
        const { rows, fontTable } = await paperOf(kind, copyFor);
        expect(fontTable).toContain('Noto Serif CJK SC');
        expect(rows.every(({ isWhole }) => isWhole)).toBe(true);
        const runs = rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.runs));
        for (const { text, fonts, language } of runs) {
          expect(fonts).toMatchObject({
            eastAsia: 'SimSun',
            ascii: 'Times New Roman',
            hAnsi: 'Times New Roman',
            cs: 'Times New Roman',
          });
          if (HAN.test(text)) expect([text, language.eastAsia, fonts.hint]).toEqual([text, 'zh-CN', 'eastAsia']);
          if (CYRILLIC.test(text)) expect([text, language.val]).toEqual([text, 'ru-RU']);
        }
      }
    }
  });

  it('keep the signature blocks on one page with the statement before them', async () => {
    const { rows } = await paperOf('minutes', 'zh');
    expect(rows.slice(-4).map(({ isKeptWithNext }) => isKeptWithNext)).toEqual([true, true, true, false]);
    expect(rows.at(-4)!.cells[0]!.lines[0]).toContain('两种文本同等作准');
  });

  it('bear their standing and the number of their pages', async () => {
    expect((await paperOf('minutes', 'zh')).header).toContain('草案 / ПРОЕКТ');
    expect((await paperOf('minutes', 'ru')).header).toContain('ПРОЕКТ / 草案');
    expect((await paperOf('agenda', 'zh')).header).toContain('已商定 / СОГЛАСОВАНО');
    const proposed = await makePaperMeeting(portal, { status: 'proposed' });
    expect((await paperOf('agenda', 'ru', proposed.id)).header).toContain('ПРОЕКТ / 草案');
    expect((await paperOf('minutes', 'ru')).footer).toMatch(/^стр\. +из +\/ 第 +页，共 +页$/);
  });
});

describe('the words of a paper', () => {
  it('E85 print letter by letter what template engines would act upon', async () => {
    for (const kind of KINDS) {
      const text = whole(await paperOf(kind, 'zh'));
      expect(text.split(TEMPLATE_LIKE).length - 1).toBeGreaterThanOrEqual(2);
    }
    const { id } = await makePaperMeeting(portal, { title: { zh: TEMPLATE_LIKE, ru: TEMPLATE_LIKE } });
    const paper = await paperOf('minutes', 'ru', id);
    expect(whole(paper)).toContain(`Заседание: ${TEMPLATE_LIKE}`);
    expect(paper.title).toContain(TEMPLATE_LIKE);
  });

  it('say where a text is missing, to readers of both languages', async () => {
    const row = clausesOf(await paperOf('agenda', 'zh')).find(({ cells }) => cells[0]!.lines[0]!.includes('其他事项'))!;
    expect(row.cells[1]!.lines[0]).toBe('5. [俄文文本尚缺 / русский текст отсутствует]');
  });

  it('number decisions and name who answers for them and until when', async () => {
    const row = clausesOf(await paperOf('minutes', 'ru')).find(({ cells }) => cells[0]!.lines[0]!.startsWith('3-1. '))!;
    expect(row.cells[0]!.lines).toEqual([
      expect.stringContaining('Поручение: Ведомствам'),
      expect.stringMatching(/^Ответственный исполнитель: Административный комитет .+, Администрация города/),
      'Срок исполнения: 30 сентября 2026\u00A0г.',
    ]);
  });

  it('invite the guest in the name of the host', async () => {
    const paper = await paperOf('invitation', 'ru');
    expect(linesOf(paper, 0)).toContain('Адресат: Администрация города Благовещенска');
    expect(linesOf(paper, 0).filter((line) => line.startsWith('За '))).toEqual(['За китайскую Сторону']);
  });

  it('are those of one side alone where the meeting is its own', async () => {
    const [row] = await portal.sql(`select record_id from seed_row where key = 'meeting-tongjiang-executive-39'`);
    const paper = await paperOf('minutes', 'zh', row!.record_id as string);
    expect(linesOf(paper, 0)).toEqual(expect.arrayContaining(['会议纪要', '第三十九次会议', '日期：2019年10月26日']));
    expect(whole(paper)).not.toMatch(/俄方|两种文本/);
  });
});

describe('a paper as an answer', () => {
  it('is a file with a safe name, confirmed with 304', async () => {
    const { headers } = await askPaper(portal, pathOf('minutes', 'zh', meeting.id));
    expect(headers.get('content-type')).toBe(DOCX);
    expect(headers.get('content-language')).toBe('zh-Hans, ru');
    expect(headers.get('cache-control')).toContain('public');
    const disposition = headers.get('content-disposition')!;
    expect(disposition).toMatch(/^attachment; filename="minutes-zh\.docx"; filename\*=UTF-8''[\w%.~-]+$/);
    expect(decodeURIComponent(disposition.split("''")[1]!)).toBe('会议纪要 黑河市与布拉戈维申斯克市工作会晤.docx');
    const again = await askPaper(portal, pathOf('minutes', 'zh', meeting.id), {
      headers: { 'If-None-Match': headers.get('etag')! },
    });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect((await askPaper(portal, pathOf('minutes', 'ru', meeting.id))).headers.get('etag')).not.toBe(
      headers.get('etag'),
    );
  });

  it('is kept in no cache for those who have signed in', async () => {
    const { headers } = await askPaper(portal, pathOf('minutes', 'zh', meeting.id), { actor: owner });
    expect(headers.get('cache-control')).toBe('private, no-store');
  });

  it.each([
    ['', 'required'],
    ['?copyFor=en', 'invalid-value'],
    ['?copyFor=', 'invalid-value'],
  ])('has to be asked for with its copy: «%s»', async (query, code) => {
    const { status, body } = await portal.ask(`/meetings/${meeting.id}/minutes.docx${query}`);
    expect([status, body.code, body.errors]).toMatchObject([
      400,
      'request.invalid-parameter',
      [{ parameter: 'copyFor', code }],
    ]);
  });

  it('is in both languages, whatever language is asked for', async () => {
    const asked = async (query: string) =>
      (await askPaper(portal, `${pathOf('agenda', 'zh', meeting.id)}${query}`)).headers.get('etag');
    expect(await asked('&lang=ru&fallback=none')).toBe(await asked(''));
  });
});

describe('the languages of a paper', () => {
  it.each<[Language, string]>([
    ['zh', '会议纪要'],
    ['ru', 'Протокол заседания'],
  ])('the copy in %s names its file', async (copyFor, name) => {
    expect((await paperOf('minutes', copyFor)).title).toContain(name);
  });
});
