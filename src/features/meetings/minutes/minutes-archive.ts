import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { AccessFacts } from '../../../kernel/access.js';
import type { Side } from '../../../kernel/actor.js';
import type { SealedContent } from './sealed-content.js';

/** A signature under a kept version; one that an edit has broken was given all the same. */
export type Signature = { side: Side; at: string; organizationId: string | null; brokenAt: string | null };

/** A version of minutes as it is kept. */
export type KeptVersion = {
  number: number;
  hash: string;
  madeAt: string;
  content: SealedContent;
  signatures: Signature[];
  signedByBoth: boolean;
  /** Who may see the meeting. */
  meeting: AccessFacts;
};

/** What is kept of minutes, whoever asks: what may be shown is for the caller to decide. */
@Injectable()
export class MinutesArchive {
  constructor(private readonly database: Database) {}

  version(meeting: string, number: number): Promise<KeptVersion | undefined> {
    return this.one('v.meeting_id = $1 and v.number = $2', [meeting, number]);
  }

  /** The version that both sides have signed last, whether their seals still stand or not. */
  lastSigned(meeting: string): Promise<KeptVersion | undefined> {
    const signed = `(select count(distinct s.side) from minutes_seal s where s.meeting_id = v.meeting_id
      and s.number = v.number and s.kind = 'signature') = 2`;
    return this.one(`v.meeting_id = $1 and ${signed}`, [meeting]);
  }

  private async one(where: string, values: unknown[]): Promise<KeptVersion | undefined> {
    const text = `select json_build_object('number', v.number, 'hash', encode(v.hash, 'hex'), 'madeAt', v.made_at,
        'content', v.content, 'signatures', (select coalesce(json_agg(json_build_object('side', s.side, 'at', s.made_at,
            'organizationId', s.organization_id, 'brokenAt', s.broken_at) order by s.made_at), '[]'::json)
          from minutes_seal s where s.meeting_id = v.meeting_id and s.number = v.number and s.kind = 'signature'),
        'meeting', json_build_object('state', m.state, 'audience', m.audience, 'ownerId', m.owner_id,
          'ownerSide', (select o.side from organization o where o.id = m.owner_id)))::text
      from minutes_version v join meeting m on m.id = v.meeting_id where ${where} order by v.number desc limit 1`;
    const [row] = await this.database.rows({ text, values });
    if (!row) return undefined;
    const version = JSON.parse(row[0]!) as Omit<KeptVersion, 'signedByBoth'>;
    return { ...version, signedByBoth: new Set(version.signatures.map(({ side }) => side)).size === 2 };
  }
}
