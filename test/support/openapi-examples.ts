import { createHash } from 'node:crypto';
import type { TestPortal } from './portal.js';

/** Members whose values depend on when the content was loaded. */
const TIMES = new Set(['createdAt', 'updatedAt', 'publishedAt', 'at']);
const SOME_TIME = '2026-01-15T08:00:00+00:00';

/** Stands for the revision of an agenda, which is made of ids. */
const SOME_REVISION = '5f0c1e6b7d1b4a0d9b1f5f5a4c0d3e21';

/** Stands for the hash of minutes, which covers ids. */
const SOME_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Stands for a cursor, which is signed with the key of one portal. */
const SOME_CURSOR = '1.WyLigKYiLCLigKYiXQ.4oCm';

/** Answers longer than this are asked for but not shown. */
export const LONGEST_SHOWN = 15_000;

/** An id that a seed key always has in the documents; in its form like those that portals give. */
export const exampleId = (key: string): string => {
  const hash = createHash('sha256').update(key).digest('hex');
  return `019bbe00-0000-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
};

/** Ids of the loaded records both ways. */
export type SeedIds = { idOf: Map<string, string>; keyOf: Map<string, string> };

export const seedIds = async (portal: TestPortal): Promise<SeedIds> => {
  const rows = (await portal.sql('select key, record_id from seed_row')) as { key: string; record_id: string }[];
  return {
    idOf: new Map(rows.map(({ key, record_id }) => [key, record_id])),
    keyOf: new Map(rows.map(({ key, record_id }) => [record_id, key])),
  };
};

/** Puts something in the place of the keys in braces. */
export const fillKeys = (path: string, value: (key: string) => string): string =>
  path.replace(/\{([^}]+)\}/g, (_, key: string) => value(key));

/** An answer with what differs from portal to portal put into the form of the documents. */
export const steady = (value: unknown, { keyOf }: SeedIds, name = ''): unknown => {
  if (Array.isArray(value)) return value.map((item) => steady(item, { keyOf } as SeedIds));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([member, inner]) => [member, steady(inner, { keyOf } as SeedIds, member)]),
    );
  }
  if (typeof value !== 'string') return value;
  if (TIMES.has(name)) return SOME_TIME;
  if (name === 'next') return SOME_CURSOR;
  if (name === 'revision') return SOME_REVISION;
  if (name === 'hash') return SOME_HASH;
  const known = (id: string): string => (keyOf.has(id) ? exampleId(keyOf.get(id)!) : id);
  // A link ends in the id of what it leads to.
  return name === 'link' ? value.replace(/[^/]+$/, known) : known(value);
};
