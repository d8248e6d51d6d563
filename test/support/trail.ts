import type { Entry } from '../../src/platform/audit/chain.js';
import { storedEntries } from '../../src/platform/audit/stored-entries.js';
import type { TestPortal } from './portal.js';

/** Every entry of the trail, as the verifier reads it. */
export const entriesOf = async (portal: Pick<TestPortal, 'sql'>): Promise<Entry[]> => {
  const entries: Entry[] = [];
  const ask = async (text: string, values: unknown[]) =>
    (await portal.sql(text, values)).map(({ entry }) => entry as string);
  for await (const entry of storedEntries(ask)) entries.push(entry);
  return entries;
};
