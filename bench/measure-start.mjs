/** Time from the start of the process to the first answer, against a bare Nest application. */
import { median } from './load.mjs';
import { startBareNest, startPortal } from './processes.mjs';

const MOST_RATIO = 6;

const timeOf = async (start) => {
  const server = await start();
  await server.stop();
  return server.startMs;
};

/** @param effort `starts` of each, in turn, after one that warms the file cache */
export async function measureStart(report, databaseUrl, effort) {
  report.title('Start of the built portal on a filled database until /health/ready');
  const [portal, bare] = [[], []];
  for (let n = 0; n <= effort.starts; n += 1) {
    const pair = [await timeOf(() => startPortal(databaseUrl)), await timeOf(startBareNest)];
    if (n === 0) continue;
    portal.push(pair[0]);
    bare.push(pair[1]);
  }
  const ratio = median(portal.map((time, n) => time / bare[n]));
  const text = `${ratio.toFixed(2)} (${median(portal).toFixed(0)} ms, ${median(bare).toFixed(0)} ms)`;
  report.bar('against a bare Nest application', ratio, { most: MOST_RATIO, text });
}
