/** What a search among 200 000 records costs, counted in fetches of one record by its id. */
import { withClient } from './databases.mjs';
import { answerOf, compareLatency, hangUp } from './load.mjs';
import { explain } from './plans.mjs';
import { searchOf } from './portal-code.mjs';
import { startPortal } from './processes.mjs';

const MOST_FETCHES = 8;
const LIMIT = 20;

const QUERIES = [
  ['two Chinese characters in one name', '宝康'],
  ['two Chinese characters in every sixth name', '木材'],
  ['two Chinese characters in every text', '厂房'],
  ['one Russian word in one name', 'Баокан'],
  ['one Russian word in every sixth name', 'Фармацевтика'],
  ['one Russian word in every text', 'инфраструктура'],
  ['a pair of the glossary, from Chinese', '同江'],
  ['a pair of the glossary, from a Russian form', 'Тунцзяне'],
  ['two words', 'Холодильный склад'],
];

const someLead = (databaseUrl) =>
  withClient(databaseUrl, async (client) => (await client.query('select id from lead order by id limit 1')).rows[0].id);

/**
 * Says how entries were read; where they are read one after another a bounded number of them is looked through.
 * @returns whether the page is full, so that nothing further is asked
 */
const reportPlan = async (report, databaseUrl, q, rank) => {
  const { nodes, indexes, pages, milliseconds, rows } = await explain(databaseUrl, searchOf(q, rank), 'search_entry');
  const how = `  ${rank}: ${nodes.join(', ')} · ${indexes.join(', ')}`;
  report.must(how, !nodes.includes('Seq Scan'), `${pages} pages, ${milliseconds.toFixed(1)} ms`);
  return rows > LIMIT;
};

/** @param databaseUrl a database of 200 000 leads and what they are found by */
export async function measureSearch(report, databaseUrl, effort) {
  const portal = await startPortal(databaseUrl);
  const fetched = `${portal.url}/api/v1/leads/${await someLead(databaseUrl)}?lang=ru`;
  report.title('GET /search among 200 000 records, in fetches of one record by id');
  for (const [name, q] of QUERIES) {
    const url = `${portal.url}/api/v1/search?lang=ru&limit=${LIMIT}&q=${encodeURIComponent(q)}`;
    const { items } = JSON.parse(await answerOf(url));
    const { own, reference, ratio } = await compareLatency(url, fetched, effort.requests);
    const text = `${ratio.toFixed(2)} (${own.toFixed(1)} ms, ${reference.toFixed(1)} ms), ${items.length} hits`;
    report.bar(`${name}: ${q}`, ratio, { most: MOST_FETCHES, text });
    const full = await reportPlan(report, databaseUrl, q, 'title');
    if (!full) await reportPlan(report, databaseUrl, q, 'content');
  }
  hangUp();
  await portal.stop();
}
