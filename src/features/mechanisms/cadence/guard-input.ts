import type { Side } from '../../../kernel/actor.js';

/** A meeting as far as the cadence of its mechanism is concerned. */
export type GuardedMeeting = {
  id: string;
  name: unknown;
  kind: string;
  status: string;
  /** Day in the host's zone, or only the year, or neither. */
  date: string | null;
  year: number | null;
  numberInSeries: number | null;
  hostSide: Side | null;
  /** Day on which the portal learned of it. */
  recordedOn: string;
};

/** A cadence as mechanisms state it. */
export type StatedCadence = {
  kind: string;
  rule?: string | null;
  timeZone?: string | null;
  startsOn?: string | null;
  meetingKind?: string | null;
  hostRotation?: string | null;
  firstHost?: Side | null;
};

/** What the guard looks at, read in one statement with what the asker may see. */
export type GuardFacts = {
  cadence: StatedCadence | null;
  status: string;
  statusOn: string | null;
  meetings: readonly GuardedMeeting[];
};
