import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { invalid, problem } from '../../../kernel/problems.js';
import type { Body } from '../../../resource/body.js';
import type { PendingWrite, RecordWorkflow } from '../../../resource/workflow.js';
import { COMING } from './delegates-sql.js';

const idIn = (body: Body, field: string): string | null => (body[field] as { id: string } | undefined)?.id ?? null;

/** Nobody makes up the delegation of the other side. */
@Injectable()
export class DelegationRules implements RecordWorkflow {
  /** @throws `request.invalid` for a side that is not that of the owner */
  async settle({ manager, after }: PendingWrite): Promise<Body> {
    const [owner] = (await manager.query('select side from organization where id = $1', [idIn(after, 'owner')])) as {
      side: string | null;
    }[];
    if (owner?.side && owner.side !== after.side) throw invalid([{ pointer: '/side', code: 'invalid-value' }]);
    return after;
  }
}

/** A delegation has one head of those who are coming. Two who are named at once meet a unique index. */
@Injectable()
export class DelegateRules implements RecordWorkflow {
  /** @throws `delegation.head` for a second head */
  async settle({ manager, id, after }: PendingWrite): Promise<Body> {
    if (after.role === 'head' && isComing(after)) await mustBeTheOnlyHead(manager, id, idIn(after, 'delegation')!);
    return after;
  }
}

const isComing = ({ invitation }: Body): boolean => invitation === 'invited' || invitation === 'accepted';

/** @throws `delegation.head` where somebody else is the head */
export const mustBeTheOnlyHead = async (manager: EntityManager, id: string, delegation: string): Promise<void> => {
  const heads = (await manager.query(
    `select 1 from delegate head where head.delegation_id = $1 and head.id <> $2 and head.role = 'head' and ${COMING('head')}`,
    [delegation, id],
  )) as unknown[];
  if (heads.length > 0) throw problem('delegation.head');
};
