import { type MinutesStanding, standingOf } from '../../../kernel/sign-off.js';
import { type StandingSeal, signOffOf } from './minutes-state.js';
import { contentSql, hashOf, type SealedContent } from './sealed-content.js';

/** A seal as it is read, standing or broken. */
type ReadSeal = StandingSeal & { at: string; brokenAt: string | null };

/** What `standingSql` reads. */
export type StandingRead = { content: SealedContent; status: string; seals: ReadSeal[] };

/** What the papers of a meeting need to know of its minutes. */
export type StandingOfMinutes = {
  standing: MinutesStanding;
  /** Of both texts as they stand, in hexadecimal. */
  hash: string;
  /** The version that the standing seals name; none where there are none. */
  number: number | null;
  seals: { kind: StandingSeal['kind']; side: StandingSeal['side']; at: string }[];
  /** What the hash stands for: ids of the items and decisions. */
  sealed: { items: string[]; decisions: string[] };
};

/** Seals of the meeting behind an alias, the latest first. */
export const sealsSql = (meeting: string, organization = 'null::json', breaker = organization): string =>
  `select coalesce(json_agg(json_build_object('kind', s.kind, 'side', s.side, 'number', s.number,
      'hash', encode(v.hash, 'hex'), 'at', s.made_at, 'organization', ${organization}, 'brokenAt', s.broken_at,
      'brokenBySide', s.broken_side, 'brokenByOrganization', ${breaker}) order by s.broken_at desc nulls first, s.made_at), '[]'::json)
    from minutes_seal s join minutes_version v on v.meeting_id = s.meeting_id and v.number = s.number
    where s.meeting_id = ${meeting}.id`;

/** The sign-off of the meeting behind an alias as JSON, to be read in one statement with what it is told beside. */
export const standingSql = (meeting: string): string => `json_build_object('content', ${contentSql(meeting)},
    'status', ${meeting}.status, 'seals', (${sealsSql(meeting)}))`;

/** How far minutes have come, by what was read of them. */
export const standingOfMinutes = ({ content, status, seals }: StandingRead): StandingOfMinutes => {
  const hash = hashOf(content).toString('hex');
  const standing = seals.filter(({ brokenAt }) => brokenAt === null);
  return {
    standing: standingOf(signOffOf(standing, hash, status)),
    hash,
    number: standing[0]?.number ?? null,
    seals: standing.map(({ kind, side, at }) => ({ kind, side, at })),
    sealed: { items: content.items.map(({ id }) => id), decisions: content.decisions.map(({ id }) => id) },
  };
};
