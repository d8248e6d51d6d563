import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { capacitiesOf } from '../../kernel/access.js';
import { type Actor, sideOf } from '../../kernel/actor.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { Cursors } from '../../resource/cursor.js';
import { parsePage } from '../../resource/list-query.js';
import { pageReply } from '../../resource/reply.js';
import { readContext, scopeOf } from '../../resource/scope.js';
import { languageMap, related } from '../../resource/view.js';
import { auditConditions } from './audit-query.js';

const isAdministrator = (actor: Actor): boolean => capacitiesOf(actor).has('administrator');

const access = (facts: string): string => `a.facts->'${facts}'`;

/** Facts that were not kept are null in SQL, not in JSON. */
const accessSql = (facts: string): string => `nullif(${access(facts)}, 'null'::jsonb)`;

/** The trail for those who watch over it: administrators see all of it, coordinators what their own side did. */
@Injectable()
export class AuditReader {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  /**
   * A page of entries, newest first.
   * @throws `request.invalid-parameter`, `request.invalid-cursor`
   */
  async list(ask: Ask): Promise<Reply> {
    const { limit, cursor } = parsePage(ask.parameters);
    const { text, values, identity } = this.statement(ask);
    const last = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(this.cursors.open(cursor, identity).key);
    const rows = await this.database.rows({ text, values: [...values, last, limit + 1] });
    const page = rows.slice(0, limit);
    const next = rows.length > limit ? this.cursors.seal({ key: page.at(-1)![1]!, id: '' }, identity) : null;
    const items = page.map(([json]) => json!);
    return pageReply(items, JSON.stringify({ limit, next }), ask.choice);
  }

  /** The list's select; the place it goes on from and its length are the last two values. */
  private statement({ actor, choice, fallback, parameters }: Ask) {
    const scope = scopeOf(actor);
    const read = readContext(scope, choice, fallback);
    const place = (n: number) => `$${scope.parameters.length + 1 + n}`;
    const filters = auditConditions(parameters, place);
    const own = isAdministrator(actor) ? [] : [sideOf(actor)];
    const values = [...scope.parameters, ...filters.values, ...own];
    const after = values.length - scope.parameters.length;
    const conditions = [
      ...filters.sql,
      ...own.map(() => `a.side = ${place(after - 1)}`),
      `a.seq < ${place(after)}::bigint`,
    ];
    const organization = related(read, 'organization', 'a.organization_id', 'o');
    const reason = languageMap(read, `a.reason->>'zh'`, `a.reason->>'ru'`);
    const text = `select json_build_object('seq', a.seq, 'at', a.at, 'actorKind', a.actor_kind, 'actorId', a.actor_id,
        'organization', ${organization}, 'side', a.side, 'action', a.action, 'objectResource', a.object_resource,
        'objectId', a.object_id, 'objectVersion', a.object_version, 'changes', (select coalesce(json_agg(
            json_build_object('field', c.key, 'before', c.value->'before', 'after', c.value->'after') order by c.key),
          '[]'::json) from jsonb_each(a.changes) c),
        'accessBefore', ${accessSql('before')}, 'accessAfter', ${accessSql('after')},
        'reason', ${reason}, 'reasonCode', case when jsonb_typeof(a.reason) = 'string' then a.reason #>> '{}' end,
        'requestId', a.request_id, 'personal', ${isAdministrator(actor) ? 'a.personal' : 'null'},
        'personalErased', a.personal_hash is not null and a.personal is null, 'hash', encode(a.hash, 'hex'))::text,
        a.seq
      from audit a where ${conditions.join(' and ')} order by a.seq desc limit ${place(after + 1)}`;
    const identity = JSON.stringify(['audit', read.scopeKey, values, filters.sql]);
    return { text, values, identity };
  }
}
