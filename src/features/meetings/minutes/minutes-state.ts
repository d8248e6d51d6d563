import type { EntityManager } from 'typeorm';
import type { AccessFacts } from '../../../kernel/access.js';
import type { Side } from '../../../kernel/actor.js';
import { problem } from '../../../kernel/problems.js';
import { isSigned, type SealKind, type SignOff } from '../../../kernel/sign-off.js';
import type { MinutedMeeting } from './drafting.js';
import { contentSql, hashOf, type SealedContent } from './sealed-content.js';

/** A seal that stands, as the state machine needs it. */
export type StandingSeal = { kind: SealKind; side: Side; hash: string; number: number };

/** The minutes of one meeting at one moment. */
export type MinutesState = { content: SealedContent; hash: string; signOff: SignOff };

/**
 * The meeting, locked until the transaction ends: whatever happens to its minutes happens one after another. The lock
 * leaves the meeting's key alone, so that records that refer to it are not kept waiting.
 * @throws `resource.not-found`
 */
export const lockMeeting = async (manager: EntityManager, id: string): Promise<MinutedMeeting> => {
  const [row] = (await manager.query(
    `select m.status, m.state, m.audience, m.owner_id as "ownerId",
        (select o.side from organization o where o.id = m.owner_id) as "ownerSide"
      from meeting m where m.id = $1 for no key update of m`,
    [id],
  )) as (AccessFacts & { status: string })[];
  if (!row) throw problem('resource.not-found');
  const { status, ...facts } = row;
  return { status, facts };
};

const SEALS = `select s.kind, s.side, encode(v.hash, 'hex') as hash, s.number
  from minutes_seal s join minutes_version v on v.meeting_id = s.meeting_id and v.number = s.number
  where s.meeting_id = $1 and s.broken_at is null order by s.kind, s.side`;

export const standingSeals = (manager: EntityManager, meeting: string): Promise<StandingSeal[]> =>
  manager.query(SEALS, [meeting]) as Promise<StandingSeal[]>;

/** @param hash of the texts as they stand */
export const signOffOf = (seals: readonly StandingSeal[], hash: string, meetingStatus: string): SignOff => {
  const named = (kind: SealKind) =>
    Object.fromEntries(seals.filter((seal) => seal.kind === kind).map((seal) => [seal.side, seal.hash]));
  const state: SignOff = { hash, agreed: named('agreement'), signed: named('signature'), closed: false };
  return { ...state, closed: meetingStatus === 'closed' && isSigned(state) };
};

/** What the seals of a meeting would cover now. */
export const readContent = async (manager: EntityManager, meeting: string): Promise<SealedContent> => {
  const [row] = (await manager.query(`select ${contentSql('m')} as content from meeting m where m.id = $1`, [
    meeting,
  ])) as { content: SealedContent }[];
  return row!.content;
};

/** The minutes of a meeting that the caller has locked. */
export const readState = async (
  manager: EntityManager,
  meeting: string,
  { status }: MinutedMeeting,
): Promise<MinutesState> => {
  const content = await readContent(manager, meeting);
  const hash = hashOf(content).toString('hex');
  return { content, hash, signOff: signOffOf(await standingSeals(manager, meeting), hash, status) };
};
