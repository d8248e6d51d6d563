import type { AccountActor } from '../../src/kernel/actor.js';
import type { Answer, TestPortal } from './portal.js';

/** Every format with the media type under which it is sent back. */
export const FORMATS = {
  xliff2: 'application/xliff+xml',
  xliff12: 'application/xliff+xml',
  csv: 'text/csv',
} as const;

export type Format = keyof typeof FORMATS;

/** A file of units as it leaves the portal; `askPortal` takes a byte order mark away, as every reader does. */
export const exported = async (
  portal: TestPortal,
  actor: AccountActor,
  format: Format | 'tmx',
  query: string,
): Promise<Answer> => {
  const answer = await portal.ask(`/translation-units/export?format=${format}&${query}`, { actor });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer;
};

/** Sends a file back. */
export const imported = (
  portal: TestPortal,
  actor: AccountActor,
  body: string | Uint8Array<ArrayBuffer>,
  type: string,
  query = '',
): Promise<Answer> =>
  portal.ask(`/translation-units/import${query}`, { method: 'POST', actor, body, headers: { 'Content-Type': type } });

/** Ids of the units in a file of any format, in its order. */
export const idsIn = (text: string): string[] =>
  [...text.matchAll(/(?:<(?:trans-)?unit id="|<tu tuid="|^)([0-9a-f]{8}-[0-9a-f-]{27})/gm)].map(([, id]) => id!);

/** Outcomes of a report: `applied`, or why a unit was refused. */
export const outcomes = (report: Answer['body']): string[] =>
  report.units.map(({ outcome, reason }: { outcome: string; reason: string | null }) => reason ?? outcome);

/** What changes with every write: versions of records and units, trail and feed. */
export const traces = (portal: TestPortal) =>
  portal.sql(`select (select sum(version) from lead)::int as leads, (select sum(version) from translation)::int as units,
    (select count(*) from audit where action not like 'auth.%')::int as trail,
    (select count(*) from feed_entry)::int as feed`);
