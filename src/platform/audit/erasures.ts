import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import type { Author } from '../../kernel/actor.js';
import type { Ask, Origin, Reply } from '../../kernel/exchange.js';
import { invalid } from '../../kernel/problems.js';
import { type Body, validateShape } from '../../resource/body.js';
import { jsonReply } from '../../resource/reply.js';
import { NewErasure } from './audit-shapes.js';
import { Trail } from './trail.js';
import type { TrailEvent } from './trail-event.js';

/** A lawful request as it was decided upon. */
export type ErasureRequest = { account: string; reason: Body; actor: Author; origin?: Origin };

/** Whole numbers in order as ranges: 1, 2, 3, 7 → [1, 3], [7, 7]. */
const rangesOf = (numbers: readonly number[]): [number, number][] => {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] + 1 === number) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
};

/**
 * Erases what identifies a person from the entries of what that account did and of what was done to it. The entries
 * stay and so does the chain, which holds only hashes of what is erased.
 * @returns how many entries lost their personal part, and the event that names them for the trail: without an entry
 *   of it the verifier takes the erasure for tampering
 */
export const erasePersonal = async (
  manager: EntityManager,
  { account, reason, actor, origin }: ErasureRequest,
): Promise<{ count: number; event: TrailEvent }> => {
  const [rows] = (await manager.query(
    `update audit set personal = null, personal_salt = null
      where (actor_id = $1 or (object_resource = 'account' and object_id = $1)) and personal is not null
      returning seq`,
    [account],
  )) as [{ seq: string }[], number];
  const erased = rows.map(({ seq }) => Number(seq)).sort((a, b) => a - b);
  const object = { resource: 'account', id: account };
  const after = { entries: rangesOf(erased) };
  return { count: erased.length, event: { actor, origin, action: 'audit.erase', object, reason, after } };
};

/** Erasures on request, for administrators. */
@Injectable()
export class Erasures {
  constructor(
    private readonly database: Database,
    private readonly trail: Trail,
  ) {}

  /** @throws `request.invalid` unless an account and a reason are stated */
  async erase({ actor, origin, body, choice }: Ask): Promise<Reply> {
    const errors = validateShape(NewErasure, (body ?? {}) as Body);
    if (errors.length > 0) throw invalid(errors);
    const { account, reason } = body as NewErasure;
    const entries = await this.database.transaction(async (manager) => {
      const { count, event } = await erasePersonal(manager, { account, reason, actor, origin });
      await this.trail.record(manager, event);
      return count;
    });
    return jsonReply(JSON.stringify({ account, entries }), choice);
  }
}
