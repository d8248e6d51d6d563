/**
 * `npm run bench`: the speed of the built portal, measured in one run on a throw-away PostgreSQL.
 *
 * Usage: node bench/run.mjs [--quick] [--only throughput|depth|start|credentials]
 * Prints every measure with its bar and ends with 1 when one is missed. What is measured and why: docs/performance.md.
 */
import { parseArgs } from 'node:util';
import { startTestCluster } from '../dist/test/support/cluster.js';
import { createFilledDatabase, createTemplate } from './databases.mjs';
import { machine } from './machine.mjs';
import { measureCredentials } from './measure-credentials.mjs';
import { measureDepth } from './measure-depth.mjs';
import { measureSearch } from './measure-search.mjs';
import { measureStart } from './measure-start.mjs';
import { measureThroughput } from './measure-throughput.mjs';
import { Report } from './report.mjs';

const FULL = { rounds: 7, seconds: 3, requests: 200, starts: 7, tries: 200, many: 200_000 };
const QUICK = { rounds: 3, seconds: 1, requests: 50, starts: 3, tries: 50, many: 200_000 };
const FEW = 2_000;

/** Each part with the databases that it needs. */
const PARTS = {
  throughput: ({ many }) => measureThroughput(report, many, effort),
  depth: (databases) => measureDepth(report, databases, effort),
  search: ({ many }) => measureSearch(report, many, effort),
  start: ({ many }) => measureStart(report, many, effort),
  credentials: ({ few }) => measureCredentials(report, few, effort),
};

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' } } });
const only = values.only;
if (only !== undefined && !Object.hasOwn(PARTS, only)) throw new Error(`no part ${only}: ${Object.keys(PARTS)}`);
const effort = values.quick ? QUICK : FULL;
const report = new Report();
const cluster = await startTestCluster();
try {
  await createTemplate(cluster);
  const few = await createFilledDatabase(cluster, 'few', FEW);
  const many = only === 'credentials' ? few : await createFilledDatabase(cluster, 'many', effort.many);
  console.log(await machine(many));
  for (const part of only ? [only] : Object.keys(PARTS)) await PARTS[part]({ few, many });
} finally {
  await cluster.stop();
}
console.log(report.missed === 0 ? '\nevery bar is reached' : `\n${report.missed} bars are MISSED`);
process.exitCode = report.missed === 0 ? 0 : 1;
