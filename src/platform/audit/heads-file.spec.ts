import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isSignedBy, publicKeyOf, signHead } from './head-signing.js';
import { appendHead, headsFile, readHeads } from './heads-file.js';

const seed = Buffer.alloc(32, 1);
const headAt = (seq: number) => signHead(seed, { seq, hash: Buffer.alloc(32, seq) }, new Date(0));

describe('signed heads', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portal-heads-'));
    file = headsFile(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are kept for the portal’s user alone, one a line', () => {
    expect(readHeads(file)).toEqual({ heads: [], unreadable: 0 });
    appendHead(file, headAt(1));
    appendHead(file, headAt(2));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readHeads(file)).toEqual({ heads: [headAt(1), headAt(2)], unreadable: 0 });
  });

  it('survive a line that a crash cut off, which is counted', () => {
    appendHead(file, headAt(1));
    appendHead(file, headAt(2));
    truncateSync(file, readFileSync(file).length - 20);
    expect(readHeads(file)).toEqual({ heads: [headAt(1)], unreadable: 1 });
    appendHead(file, headAt(3));
    appendFileSync(file, '{"seq":"4"}\nnull\n');
    expect(readHeads(file)).toEqual({ heads: [headAt(1), headAt(3)], unreadable: 3 });
  });

  it('hold for the key they were signed with and for what they say', () => {
    const head = headAt(7);
    const [own, other] = [publicKeyOf(seed), publicKeyOf(Buffer.alloc(32, 2))];
    expect(isSignedBy(head, [other, own])).toBe(true);
    expect(isSignedBy(head, [other])).toBe(false);
    const forged = [
      { ...head, seq: 8 },
      { ...head, hash: headAt(8).hash },
      { ...head, at: new Date(1).toISOString() },
      { ...head, signature: headAt(8).signature },
      { ...head, signature: '' },
      { ...head, publicKey: other },
    ];
    for (const one of forged) expect(isSignedBy(one, [own, other])).toBe(false);
    expect(isSignedBy({ ...head, publicKey: '' }, [''])).toBe(false);
  });
});
