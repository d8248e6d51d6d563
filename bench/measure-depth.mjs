/** Whether a page costs the same however deep it lies and however many leads there are. */
import { withClient } from './databases.mjs';
import { answerOf, compareLatency, hangUp } from './load.mjs';
import { explain } from './plans.mjs';
import { listOf, pageAfter } from './portal-code.mjs';
import { startPortal } from './processes.mjs';

const MOST_RATIO = 1.5;
const LIMIT = 20;
const DEEP_PAGE = 5_000;

/** Values to filter by that fit the same share of the few and of the many. */
const valuesIn = (databaseUrl) =>
  withClient(databaseUrl, async (client) => {
    const { rows } = await client.query(`
      select l.zone_id as zone, l.region_id as region, l.owner_id as owner, i.target_id as industry
        from lead l join lead_industries i on i.record_id = l.id where i.position = 0 order by l.id limit 1`);
    return rows[0];
  });

/** Filtered, sorted and searched pages that are full among the few as well; parameters besides `lang` and `limit`. */
const filteredPages = ({ zone, region, owner, industry }) =>
  [
    { stage: 'signed' },
    { kind: 'tourism' },
    { zone },
    { region },
    { owner },
    { industry },
    { side: 'ru' },
    { investmentMin: '1000000' },
    { stage: 'signed', side: 'ru' },
    { stage: 'signed', sort: 'name' },
    { sort: 'name' },
    { sort: '-totalInvestment' },
    { q: 'Фармацевтика' },
    // Words that stand in one lead only, however many there are.
    { q: 'Баокан' },
    { q: '宝康' },
  ].map(Object.entries);

const pathOf = (parameters) => `/api/v1/leads?lang=ru&limit=${LIMIT}&${new URLSearchParams(parameters)}`;

const nameOf = (parameters) =>
  parameters.map(([name, value]) => `${name}=${value.length === 36 ? '{id}' : value}`).join('&');

/** Says how leads were read; reading the whole table is a miss. */
const reportPlan = (report, { nodes, indexes, sorts, pages, milliseconds }) => {
  const how = `${nodes.join(', ')} · ${indexes.join(', ') || 'no index'}${sorts ? ' · sorted' : ''}`;
  report.must(
    `  ${how}`,
    !nodes.includes('Seq Scan') && indexes.length > 0,
    `${pages} pages, ${milliseconds.toFixed(1)} ms`,
  );
};

const shown = ({ own, reference, ratio }) => `${ratio.toFixed(2)} (${own.toFixed(1)} ms, ${reference.toFixed(1)} ms)`;

/** @param databases addresses of `few` and `many`; `effort.requests` are sent to each of two pages */
export async function measureDepth(report, databases, effort) {
  const [few, many] = [await startPortal(databases.few), await startPortal(databases.many)];
  await measurePages(report, databases.many, many.url, effort);
  report.title(`A filtered page 1 among 200 000 leads against the same among 2 000`);
  const [valuesOfFew, valuesOfMany] = [await valuesIn(databases.few), await valuesIn(databases.many)];
  const pagesOfMany = filteredPages(valuesOfMany);
  for (const [n, parameters] of filteredPages(valuesOfFew).entries()) {
    const urls = [many.url + pathOf(pagesOfMany[n]), few.url + pathOf(parameters)];
    const times = await compareLatency(...urls, effort.requests);
    report.bar(nameOf(parameters), times.ratio, { most: MOST_RATIO, text: shown(times) });
    reportPlan(report, await explain(databases.many, listOf([['limit', String(LIMIT)], ...pagesOfMany[n]])));
  }
  hangUp();
  await Promise.all([few.stop(), many.stop()]);
}

async function measurePages(report, databaseUrl, portalUrl, effort) {
  report.title('200 000 leads: page 5 000 against page 1');
  const { position, cursor, firstId } = await pageAfter(databaseUrl, (DEEP_PAGE - 1) * LIMIT);
  const deep = `${portalUrl}${pathOf([['cursor', cursor]])}`;
  const page = JSON.parse(await answerOf(deep));
  report.must('page 5 000 begins where it should', page.items[0].id === firstId, `${page.items.length} leads`);
  const times = await compareLatency(deep, portalUrl + pathOf([]), effort.requests);
  report.bar('page 5 000 against page 1', times.ratio, { most: MOST_RATIO, text: shown(times) });
  reportPlan(report, await explain(databaseUrl, listOf([])));
  reportPlan(report, await explain(databaseUrl, listOf([], position)));
}
