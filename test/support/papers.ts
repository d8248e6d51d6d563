import type { Actor } from '../../src/kernel/actor.js';
import { actorOf } from './actors.js';
import { Cooperation, seedId } from './cadence.js';
import { type DocxPaper, type DocxRow, readDocx } from './docx.js';
import type { AskOptions, TestPortal } from './portal.js';

/** Text that template engines would act upon; papers print it letter by letter (hardening E85). */
export const TEMPLATE_LIKE = '{{name}} $t(papers:mark.draft) ${x} <%= 1 + 1 %> & <w:br/>';

/** A meeting of both banks with everything that its papers show, made for tests. */
export type PaperMeeting = { id: string; mechanism: string; cooperation: Cooperation };

const AGENDA = [
  {
    title: {
      zh: '黑河口岸客货运输恢复情况',
      ru: 'О ходе восстановления пассажирских и грузовых перевозок через пункт пропуска Хэйхэ',
    },
    said: {
      zh: '双方通报了2026年上半年口岸运行情况，认为客货运量总体平稳。\n双方一致认为，应在汛期前完成浮箱固冰通道设备的检修，并就开通时间提前十五日互相通报。',
      ru: 'Стороны обменялись информацией о работе пункта пропуска в первом полугодии 2026 года и отметили, что объёмы пассажирских и грузовых перевозок в целом стабильны.\nСтороны сочли необходимым до начала паводка завершить осмотр оборудования понтонной переправы и сообщать друг другу о сроках её открытия за пятнадцать дней.',
    },
    status: 'discussed',
  },
  {
    title: { zh: '跨境产业集群项目', ru: 'О проектах трансграничных промышленных кластеров' },
    said: {
      zh: '双方听取了跨境木材加工、绿色食品两个集群的进展。俄方介绍了阿穆尔超前发展区的税收优惠，中方介绍了黑河片区“6+N”产业布局。',
      ru: 'Стороны заслушали сообщения о ходе работы по двум кластерам: переработка древесины и экологически чистые продукты. Российская Сторона рассказала о налоговых льготах ТОР «Амурская», китайская – о размещении отраслей Хэйхэского участка по схеме «6+N».',
    },
    status: 'discussed',
  },
  { title: { zh: '2027年联合招商推介活动', ru: 'О совместных презентациях 2027 года' }, status: 'deferred' },
  {
    title: { zh: TEMPLATE_LIKE, ru: TEMPLATE_LIKE },
    said: { zh: TEMPLATE_LIKE, ru: TEMPLATE_LIKE },
    status: 'discussed',
  },
  { title: { zh: '其他事项' }, said: { zh: '中方通报了边民互市贸易结算中心的建设情况。' }, status: 'discussed' },
];

/** @param more members of the meeting that differ */
export const makePaperMeeting = async (portal: TestPortal, more: object = {}): Promise<PaperMeeting> => {
  const cooperation = new Cooperation(portal, await actorOf(portal, 'org-heihe-ftz'));
  const heihe = { id: await seedId(portal, 'org-heihe-ftz') };
  const blagoveshchensk = { id: await seedId(portal, 'org-blagoveshchensk-admin') };
  const mechanism = await cooperation.mechanism({
    name: {
      zh: '黑河市与布拉戈维申斯克市定期会晤机制',
      ru: 'Механизм регулярных встреч городов Благовещенска и Хэйхэ',
    },
    parties: [heihe, blagoveshchensk],
    chairs: [
      { side: 'cn', organization: heihe, post: { zh: '管委会主任', ru: 'председатель административного комитета' } },
      { side: 'ru', organization: blagoveshchensk, post: { zh: '市长', ru: 'мэр города' } },
    ],
  });
  const id = await cooperation.meeting(mechanism, {
    title: { zh: '黑河市与布拉戈维申斯克市工作会晤', ru: 'Рабочая встреча представителей Благовещенска и Хэйхэ' },
    ...{ kind: 'working', numberInSeries: 3, hostSide: 'cn', hostOrganization: heihe, form: 'in-person' },
    ...{ startsAt: '2026-06-30T23:30:00+08:00', timeZone: 'Asia/Shanghai' },
    venue: { zh: '黑河市政务中心第一会议室', ru: 'город Хэйхэ, Административный центр, зал заседаний № 1' },
    ...more,
  });
  const meeting = { id };
  const items: string[] = [];
  for (const [n, { said: _, ...item }] of AGENDA.entries()) {
    const proposedBy = n % 2 === 0 ? heihe : blagoveshchensk;
    items.push(await cooperation.published('/agenda-items', { meeting, position: n + 1, proposedBy, ...item }));
  }
  await minute(portal, cooperation, id, items);
  await cooperation.published('/agenda-items', {
    ...{ meeting, parent: { id: items[1] }, position: 1, status: 'discussed' },
    title: { zh: '跨境木材加工集群', ru: 'Кластер по переработке древесины' },
  });
  const decision = (body: object) => cooperation.published('/decisions', { meeting, ...body });
  await decision({
    ...{ number: '3-1', kind: 'assignment', agendaItem: { id: items[0] }, responsible: [heihe, blagoveshchensk] },
    ...{ dueOn: '2026-09-30' },
    text: {
      zh: '双方口岸部门于9月底前商定冬季运输组织方案。',
      ru: 'Ведомствам, отвечающим за пункты пропуска, до конца сентября согласовать план организации зимних перевозок.',
    },
  });
  await decision({
    ...{ number: '3-2', kind: 'decision', agendaItem: { id: items[1] } },
    text: { zh: '建立项目月度通报制度。', ru: 'Ввести ежемесячный обмен информацией о ходе проектов.' },
  });
  return { id, mechanism, cooperation };
};

/** Writes down what was said; minutes can be written of what was held alone, whatever the meeting is made to be. */
const minute = async (portal: TestPortal, cooperation: Cooperation, id: string, items: string[]): Promise<void> => {
  const [{ status }] = (await portal.sql('select status from meeting where id = $1', [id])) as [{ status: string }];
  await cooperation.stands(id, 'held');
  for (const [n, { said: text }] of AGENDA.entries()) {
    const body = { meeting: { id }, agendaItem: { id: items[n] }, position: n + 1, text };
    if (text) await cooperation.created('/minutes-items', body);
  }
  await cooperation.stands(id, status);
};

/** A file as it was answered. */
export type PaperFile = { status: number; headers: Headers; body: Buffer };

/** Asks for a paper; `askPortal` reads answers as text, which a file is not. */
export const askPaper = async (
  portal: TestPortal,
  path: string,
  { actor, headers }: AskOptions = {},
): Promise<PaperFile> => {
  const response = await fetch(`${portal.url}/api/v1${path}`, {
    headers: { 'Accept-Language': '', ...(actor && { 'X-Test-Actor': JSON.stringify(actor) }), ...headers },
  });
  return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
};

export const pathOf = (kind: string, copyFor: string, id: string): string =>
  `/meetings/${id}/${kind}.docx?copyFor=${copyFor}`;

/**
 * A paper with the eyes of somebody; of nobody who has signed in where none is named.
 * @throws where it is not given
 */
export const readPaper = async (
  portal: TestPortal,
  kind: string,
  copyFor: string,
  id: string,
  actor?: Actor,
): Promise<DocxPaper> => {
  const file = await askPaper(portal, pathOf(kind, copyFor, id), actor ? { actor } : {});
  if (file.status !== 200) throw new Error(`${kind} for ${copyFor}: ${file.status} ${file.body}`);
  return readDocx(file.body);
};

export const linesOf = (paper: DocxPaper, column: 0 | 1): string[] =>
  paper.rows.flatMap(({ cells }) => cells[column]!.lines);

export const whole = (paper: DocxPaper): string => [...linesOf(paper, 0), ...linesOf(paper, 1)].join('\n');

/** Rows that have a number: items, clauses and decisions. */
export const clausesOf = (paper: DocxPaper): DocxRow[] =>
  paper.rows.filter(({ cells }) => /^\d[\d.-]*\. /.test(cells[0]!.lines[0]!));
