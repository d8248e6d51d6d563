import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { fieldsOf } from '../../../resource/field.js';
import { jsonReply } from '../../../resource/reply.js';
import { type ReadContext, readContext, scopeOf } from '../../../resource/scope.js';
import { languageMap } from '../../../resource/view.js';
import { Cadence } from '../mechanism.entity.js';
import { type CadenceQuery, readCadenceQuery } from './cadence-query.js';
import type { Guard, GuardedPeriod } from './guard.js';
import { guardAsOf, guardFactsSql } from './guard-facts.js';
import type { GuardFacts } from './guard-input.js';

type Row = {
  id: string;
  name: unknown;
  sides: string[] | null;
  cadence: Record<string, unknown> | null;
  facts: GuardFacts;
};

/** More mechanisms than there will be: a bound for the answer, not a page. */
const MOST_MECHANISMS = 1_000;

const rowSql = (read: ReadContext): string => `select json_build_object(
    'id', m.id, 'name', ${languageMap(read, 'm.name_zh', 'm.name_ru')}, 'sides', m.sides, 'cadence', m.cadence,
    'facts', ${guardFactsSql(read, 'm')})::text
  from mechanism m where ${read.scope('m', 'mechanism')}`;

/** Tells of every mechanism whether its regular meetings are held. */
@Injectable()
export class CadenceGuards {
  constructor(private readonly database: Database) {}

  /** @throws `request.invalid-parameter` */
  async overview(ask: Ask): Promise<Reply> {
    const query = readCadenceQuery(ask.parameters);
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const text = `${rowSql(read)} order by m.created_at, m.id limit ${MOST_MECHANISMS}`;
    const rows = await this.database.rows({ text, values: scope.parameters });
    const items = rows.map(([json]) => JSON.parse(json!) as Row).flatMap((row) => itemOf(row, query));
    return jsonReply(JSON.stringify({ on: query.on ?? null, items }), ask.choice);
  }
}

/** A cadence as records answer it: what nobody stated is null. */
const wholeCadence = (cadence: Record<string, unknown> | null): object | null =>
  cadence && Object.fromEntries(fieldsOf(Cadence).map(({ name }) => [name, cadence[name] ?? null]));

const itemOf = ({ id, name, sides, cadence, facts }: Row, query: CadenceQuery): object[] => {
  if (query.side && !sides?.includes(query.side)) return [];
  const guard = guardAsOf(facts, query.on, query.range);
  const periods = guard.periods.filter(({ status }) => !query.status || status === query.status);
  const isMeant = !query.status || periods.length > 0 || (query.status === 'unknown' && guard.reason !== null);
  return isMeant ? [{ mechanism: { id, name }, cadence: wholeCadence(cadence), ...told(guard, periods) }] : [];
};

const told = ({ reason, nextNumber, nextHost }: Guard, periods: readonly GuardedPeriod[]): object => ({
  reason,
  periods: periods.map(({ meetings, ...period }) => ({
    ...period,
    meetings: meetings.map((meeting) => ({ meeting })),
  })),
  nextNumber,
  nextHost,
});
