import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import '../../src/app.module.js';
import { SYSTEM } from '../../src/kernel/actor.js';
import { appendToFeed } from '../../src/platform/feed/feed.listener.js';
import { resourceOf } from '../../src/resource/spec.js';
import { type EventStream, openStream } from '../support/event-stream.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { until } from './support.js';

let portal: TestPortal;
let source: DataSource;
let stream: string;
beforeAll(async () => {
  portal = await startPortal({ template: 'portal_empty' });
  stream = `${portal.url}/api/v1/changes/stream`;
  source = await new DataSource({ type: 'postgres', url: portal.databaseUrl }).initialize();
});
afterAll(async () => {
  await source?.destroy();
  await portal?.close();
});

const PUBLIC = { state: 'published', audience: 'public', ownerId: null, ownerSide: null } as const;

/** Adds so many entries in one transaction, each marked by a field of its own. */
const add = async (count: number, padding = ''): Promise<string[]> => {
  const marks = Array.from({ length: count }, () => `${randomUUID()}${padding}`);
  await source.transaction((manager) =>
    appendToFeed(
      manager,
      {
        kind: 'updated',
        spec: resourceOf('lead'),
        id: randomUUID(),
        version: 1,
        actor: SYSTEM,
        after: {},
        factsBefore: PUBLIC,
        facts: PUBLIC,
      },
      marks.map((mark) => ({ type: 'updated', fields: [mark], languages: null })),
    ),
  );
  return marks;
};

const marksOf = ({ events }: EventStream): string[] => events.map(({ data }) => data.fields[0]!);

describe('the stream of changes', () => {
  it('tells what happens, as the pages do, and resumes after a break with what was told last', async () => {
    const before = await add(3);
    const first = await openStream(stream);
    expect(first.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(first.response.headers['cache-control']).toBe('no-store');
    await until('what was there is told', () => first.events.length === 3);
    const live = await add(2);
    await until('what comes is told', () => first.events.length === 5);
    expect(marksOf(first)).toEqual([...before, ...live]);
    first.leave();
    const missed = await add(4);
    const second = await openStream(stream, first.events[3]!.id);
    await until('what was missed is told', () => second.events.length === 5);
    expect(marksOf(second)).toEqual([live[1], ...missed]);
    const page = (await (await fetch(`${portal.url}/api/v1/changes`)).json()) as { items: object[] };
    expect([...first.events, ...second.events.slice(1)].map(({ data }) => data)).toEqual(page.items);
    second.leave();
  });

  it('refuses what it cannot read before it begins', async () => {
    for (const query of ['after=x', 'resource=nobody', 'limit=1'])
      expect([query, (await fetch(`${stream}?${query}`)).status]).toEqual([query, 400]);
    const forged = await fetch(stream, { headers: { 'Last-Event-ID': 'x' } });
    expect([forged.status, forged.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('cuts a reader who takes nothing in, and misses nothing when that one comes back', async () => {
    const start = await openStream(`${stream}?after=now`);
    const marks: string[] = [];
    for (let round = 0; round < 12; round += 1) marks.push(...(await add(500, 'x'.repeat(2_000))));
    await until('a quick reader has everything', () => start.events.length === marks.length);
    const begin = start.events[0]!.id;
    start.leave();
    const { hostname, port } = new URL(portal.url);
    const slow = connect(Number(port), hostname);
    let closed = false;
    slow
      .on('error', () => undefined)
      .on('close', () => {
        closed = true;
      });
    slow.write(`GET /api/v1/changes/stream HTTP/1.1\r\nHost: x\r\nLast-Event-ID: ${begin}\r\n\r\n`);
    slow.pause();
    // A paused socket learns of the cut only when it reads on: what the kernel has taken in, and then the end.
    await new Promise((resolve) => setTimeout(resolve, 13_000));
    let received = 0;
    slow.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    slow.resume();
    await until('the slow reader is cut', () => closed);
    expect(received).toBeLessThan(marks.length * 2_000);
    const again = await openStream(stream, begin);
    await until('it has the rest', () => again.events.length === marks.length - 1);
    expect(marksOf(again)).toEqual(marks.slice(1));
    again.leave();
  });

  it('is kept open for five hundred readers within 120 MB', async () => {
    const resident = () =>
      Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${portal.process.pid}/status`, 'utf8'))![1]) / 1_000;
    const before = resident();
    const streams: EventStream[] = [];
    while (streams.length < 500) {
      streams.push(...(await Promise.all(Array.from({ length: 25 }, () => openStream(`${stream}?after=now`)))));
    }
    expect(new Set(streams.map(({ response }) => response.statusCode))).toEqual(new Set([200]));
    const marks: string[] = [];
    for (let round = 0; round < 10; round += 1) marks.push(...(await add(20)));
    await until('all have everything', () => streams.every(({ events }) => events.length === marks.length));
    for (const one of streams) expect(marksOf(one)).toEqual(marks);
    expect(resident() - before).toBeLessThan(120);
    for (const one of streams) one.leave();
  });
});
