/**
 * The servers that are measured, each a process of its own: the built portal, the baseline and the bare Nest application.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { project } from './paths.mjs';

/** Connections to the database that each server may have: the portal's default. */
export const POOL_SIZE = 10;

/** Secret of the portal's cursors; any text of the right length. */
export const SECRET_KEY = 'bench'.repeat(8);

const START_LIMIT_MS = 30_000;

const freePort = async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
};

/** Status of one request, 0 where nobody answers. */
const statusOf = (url) =>
  new Promise((resolve) => {
    get(url, { agent: false }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
    }).once('error', () => resolve(0));
  });

/**
 * Starts a server and waits until it answers 200.
 * @param words what this very Node is given: flags and the script
 * @param environment variables besides PORT; nothing of the caller's own environment is passed on
 * @param readyPath what is asked until it answers
 */
const start = async (words, environment, readyPath) => {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, words, {
    cwd: project,
    env: { PATH: process.env.PATH, PORT: String(port), ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  while ((await statusOf(url + readyPath)) !== 200) {
    if (child.exitCode !== null) throw new Error(`${words} ended before it answered`);
    if (performance.now() - began > START_LIMIT_MS) throw new Error(`${words} did not answer ${readyPath}`);
    await sleep(2);
  }
  return {
    url,
    /** From the start of the process to its first answer, in milliseconds. */
    startMs: performance.now() - began,
    /** Resident memory in megabytes (10^6 bytes). */
    memory: () => residentMemory(child.pid),
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
};

const residentMemory = (pid) =>
  (Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024) / 1e6;

const READY = '/health/ready';

/** What `npm start` gives to Node. */
const startWords = () => {
  const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  return /\bnode (.+)$/.exec(scripts.start)[1].split(' ');
};

/** The portal as it is run with a database server of one's own: built, its whole stack, default settings but `more`. */
export const startPortal = (databaseUrl, more = {}) =>
  start(
    startWords(),
    { DATABASE_URL: databaseUrl, PORTAL_SECRET_KEY: SECRET_KEY, PORTAL_DATA_DIR: dataFolder(), ...more },
    READY,
  );

/** What a measured portal writes is nobody's. */
const dataFolder = () => join(mkdtempSync(join(tmpdir(), 'portal-bench-')), 'data');

const beside = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Bare node:http and pg. */
export const startBaseline = (databaseUrl) =>
  start([beside('./baseline.mjs')], { DATABASE_URL: databaseUrl, POOL_SIZE: String(POOL_SIZE) }, '/ready');

/** A Nest application of one controller. */
export const startBareNest = () => start([beside('./bare-nest.mjs')], {}, '/ready');
