/**
 * `npm run bench`: the speed of the built portal, measured in one run on a throw-away PostgreSQL.
 *
 * Usage: node bench/run.mjs [--quick]
 * Prints every measure with its bar and ends with 1 when one is missed. What is measured and why: docs/performance.md.
 */
import { startTestCluster } from '../dist/test/support/cluster.js';
import { createFilledDatabase, createTemplate } from './databases.mjs';
import { machine } from './machine.mjs';
import { measureDepth } from './measure-depth.mjs';
import { measureSearch } from './measure-search.mjs';
import { measureStart } from './measure-start.mjs';
import { measureThroughput } from './measure-throughput.mjs';
import { Report } from './report.mjs';

const FULL = { rounds: 7, seconds: 3, requests: 200, starts: 7, many: 200_000 };
const QUICK = { rounds: 3, seconds: 1, requests: 50, starts: 3, many: 200_000 };
const FEW = 2_000;

const effort = process.argv.includes('--quick') ? QUICK : FULL;
const report = new Report();
const cluster = await startTestCluster();
try {
  await createTemplate(cluster);
  const few = await createFilledDatabase(cluster, 'few', FEW);
  const many = await createFilledDatabase(cluster, 'many', effort.many);
  console.log(await machine(many));
  await measureThroughput(report, many, effort);
  await measureDepth(report, { few, many }, effort);
  await measureSearch(report, many, effort);
  await measureStart(report, many, effort);
} finally {
  await cluster.stop();
}
console.log(report.missed === 0 ? '\nevery bar is reached' : `\n${report.missed} bars are MISSED`);
process.exitCode = report.missed === 0 ? 0 : 1;
