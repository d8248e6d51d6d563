import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { problem } from '../../kernel/problems.js';
import type { Body } from '../../resource/body.js';
import type { PendingWrite, RecordWorkflow } from '../../resource/workflow.js';

const idIn = (body: Body, field: string): string => (body[field] as { id: string }).id;
const postIn = ({ post }: Body, language: 'zh' | 'ru'): string | null =>
  (post as { zh?: string; ru?: string } | undefined)?.[language] ?? null;

/** Seats of one post at the same time; where nobody has said since or until when, it is from the first or to the last. */
const OVERLAPPING = `select 1 from membership seat
  where seat.mechanism_id = $1 and seat.id <> $2 and seat.state <> 'withdrawn'
    and seat.organization_id = $3 and seat.role = $4
    and (seat.post_zh is null and seat.post_ru is null and $5::text is null and $6::text is null
      or seat.post_zh = $5 or seat.post_ru = $6)
    and daterange(seat.since, seat.until, '[]') && daterange($7::date, $8::date, '[]') limit 1`;

/**
 * An organization sits in a mechanism through its posts, of which it may have several in one role, such as two vice
 * mayors who are both deputies; but one post holds one seat at a time.
 */
@Injectable()
export class SeatRules implements RecordWorkflow {
  /** @throws `membership.overlap` */
  async settle({ manager, id, after }: PendingWrite): Promise<Body> {
    const mechanism = idIn(after, 'mechanism');
    await lockSeats(manager, mechanism);
    const seat = [idIn(after, 'organization'), after.role, postIn(after, 'zh'), postIn(after, 'ru')];
    const values = [mechanism, id, ...seat, after.since ?? null, after.until ?? null];
    const others = (await manager.query(OVERLAPPING, values)) as unknown[];
    if (others.length > 0) throw problem('membership.overlap');
    return after;
  }
}

/** Two who write seats of one mechanism do it one after another. */
const lockSeats = (manager: EntityManager, mechanism: string): Promise<unknown> =>
  manager.query(`select pg_advisory_xact_lock(hashtextextended('seats ' || $1::text, 0))`, [mechanism]);
