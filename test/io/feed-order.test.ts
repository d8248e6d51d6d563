import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import '../../src/app.module.js';
import { SYSTEM } from '../../src/kernel/actor.js';
import { appendToFeed } from '../../src/platform/feed/feed.listener.js';
import type { Change } from '../../src/resource/changes.js';
import { resourceOf } from '../../src/resource/spec.js';
import { startPortal, type TestPortal } from '../support/portal.js';

const CHANGES = 100_000;
const WRITERS = 6;
const MOST_IN_ONE = 40;

let portal: TestPortal;
let source: DataSource;
beforeAll(async () => {
  portal = await startPortal({ template: 'portal_empty' });
  source = await new DataSource({ type: 'postgres', url: portal.databaseUrl, extra: { max: WRITERS } }).initialize();
});
afterAll(async () => {
  await source?.destroy();
  await portal?.close();
});

const CHANGE: Change = {
  kind: 'updated',
  spec: resourceOf('lead'),
  id: randomUUID(),
  version: 1,
  actor: SYSTEM,
  after: {},
  factsBefore: { state: 'published', audience: 'public', ownerId: null, ownerSide: null },
  facts: { state: 'published', audience: 'public', ownerId: null, ownerSide: null },
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Commits transactions of one to forty changes, some of which it keeps open for a while and some of which it undoes. */
const writer = async (share: number, written: Set<string>): Promise<void> => {
  for (let left = share, round = 0; left > 0; round += 1) {
    const ids = Array.from({ length: Math.min(left, 1 + (round % MOST_IN_ONE)) }, () => randomUUID());
    const isUndone = round % 7 === 3;
    await source
      .transaction(async (manager) => {
        if (round % 11 === 0) await pause(3);
        await appendToFeed(
          manager,
          CHANGE,
          ids.map((id) => ({ type: 'updated', fields: [id], languages: null })),
        );
        if (round % 13 === 0) await pause(3);
        if (isUndone) throw new Error('undone');
      })
      .catch((error: Error) => {
        if (error.message !== 'undone') throw error;
      });
    if (isUndone) continue;
    for (const id of ids) written.add(id);
    left -= ids.length;
  }
};

describe('a reader that polls while many write', () => {
  it('misses none of a hundred thousand changes and is told none twice', async () => {
    const written = new Set<string>();
    let over = false;
    const writers = Promise.all(
      Array.from({ length: WRITERS }, (_, n) => writer(Math.ceil((CHANGES - n) / WRITERS), written)),
    ).finally(() => {
      over = true;
    });
    const told: string[] = [];
    let polls = 0;
    for (let after = ''; ; polls += 1) {
      const wasOver = over;
      const answer = await fetch(`${portal.url}/api/v1/changes?limit=1000${after && `&after=${after}`}`);
      const { items, page } = (await answer.json()) as { items: { fields: string[] }[]; page: { next: string } };
      told.push(...items.flatMap(({ fields }) => fields));
      after = page.next;
      if (wasOver && items.length === 0) break;
    }
    await writers;
    expect(written.size).toBe(CHANGES);
    // The reader really read while the others wrote.
    expect(polls).toBeGreaterThan(CHANGES / 1000);
    expect(told.length).toBe(CHANGES);
    expect(new Set(told)).toEqual(written);
  });
});
