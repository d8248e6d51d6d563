/** Requests a second of the whole stack against bare node:http and pg, and the memory that is left afterwards. */
import { withClient } from './databases.mjs';
import { answerOf, compareThroughput, hangUp } from './load.mjs';
import { startBaseline, startPortal } from './processes.mjs';

const LEAST_RATIO = 0.6;
const MOST_MEMORY_MB = 220;

/** The answers may differ by what the bare server leaves out, such as the signature of the cursor. */
const MOST_DIFFERENCE = 0.03;

const LIST = '/api/v1/leads?lang=ru&limit=20';

/** A lead from the middle of the generated ones. */
const someLead = (databaseUrl) =>
  withClient(databaseUrl, async (client) => {
    const { rows } = await client.query(
      'select id from lead order by id offset (select count(*) / 2 from lead) limit 1',
    );
    return `/api/v1/leads/${rows[0].id}?lang=ru`;
  });

const items = (body) => {
  const { items: list, ...record } = JSON.parse(body);
  return JSON.stringify(list ?? record);
};

/** @param effort `rounds` of `seconds` for each of the two servers */
export async function measureThroughput(report, databaseUrl, effort) {
  const baseline = await startBaseline(databaseUrl);
  const portal = await startPortal(databaseUrl);
  report.title('Requests a second: the portal against bare node:http + pg');
  for (const [name, path] of [
    ['GET /leads?lang=ru&limit=20, related names', LIST],
    ['GET /leads/{id}?lang=ru', await someLead(databaseUrl)],
  ]) {
    const bodies = await Promise.all([baseline, portal].map(({ url }) => answerOf(url + path)));
    hangUp();
    const rates = await compareThroughput(portal.url + path, baseline.url + path, effort);
    const [bare, own] = bodies.map((body) => body.length);
    const shown = `${rates.ratio.toFixed(2)} (${rates.portal.toFixed(0)} of ${rates.baseline.toFixed(0)})`;
    report.bar(name, rates.ratio, { least: LEAST_RATIO, text: shown });
    report.must('  both answer the same members', items(bodies[0]) === items(bodies[1]), `${own} and ${bare} bytes`);
    report.must(
      '  sizes differ by 3 % at most',
      Math.abs(own / bare - 1) <= MOST_DIFFERENCE,
      `${own} and ${bare} bytes`,
    );
  }
  report.bar('resident memory of the portal after the load, MB', portal.memory(), { most: MOST_MEMORY_MB });
  report.note('  of the baseline', baseline.memory().toFixed(2));
  await Promise.all([portal.stop(), baseline.stop()]);
}
