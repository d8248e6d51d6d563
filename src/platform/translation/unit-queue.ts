import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { Cursors } from '../../resource/cursor.js';
import { parsePage } from '../../resource/list-query.js';
import { nextLink } from '../../resource/paging.js';
import { pageReply } from '../../resource/reply.js';
import { nearDeadlines } from './near-deadlines.js';
import { type UnitQuery, unitQuery } from './unit-query.js';
import { UNIT_JSON, type UnitRow } from './unit-rows.js';
import { RECORD_OF_UNIT, type UnitScope, unitScope } from './unit-scope.js';
import type { TranslationUnit } from './unit-shapes.js';
import { readTexts } from './unit-texts.js';
import { unitView } from './unit-view.js';

/** Where a page of the queue ended: urgency, rank, moment; the id stands beside it. */
type Place = { urgent: boolean; rank: number; since: string; id: string };
/** A unit as it is stored and as answers show it. */
export type ListedUnit = { row: UnitRow; view: TranslationUnit };
type Statement = { text: string; values: unknown[] };

/** Parameters of a statement in the order in which they are named. */
class Parameters {
  constructor(readonly values: unknown[]) {}

  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

const COLUMNS = `${UNIT_JSON}::text as json, t.rank, t.since, t.id`;

const afterPlace = (parameters: Parameters, place: Place | undefined): string =>
  place
    ? `and (t.rank, t.since, t.id) > (${parameters.add(place.rank)}::integer, ${parameters.add(place.since)}::timestamptz,
      ${parameters.add(place.id)}::uuid)`
    : '';

/**
 * The queue by priority: what a meeting of the next days needs, then by rank, public before internal and stale before
 * missing, and by age. The few near ones are sorted; all others are read in the order of an index.
 */
const byPriority = (parameters: Parameters, where: string, limit: string, place?: Place): string => {
  const near = `select t.*, n.due from near n join translation t on t.record_id = n.id ${RECORD_OF_UNIT}
    where ${where} and t.standing <> 'approved'`;
  const urgent = `(select ${COLUMNS}, t.due::text, 0 as turn from (${near}) t
    where true ${afterPlace(parameters, place?.urgent ? place : undefined)} order by t.rank, t.since, t.id limit ${limit})`;
  const others = `(select ${COLUMNS}, null as due, 1 as turn from translation t ${RECORD_OF_UNIT}
    where ${where} and (t.standing = 'approved' or t.record_id not in (select near.id from near))
      ${afterPlace(parameters, place && !place.urgent ? place : undefined)}
    order by t.rank, t.since, t.id limit ${limit})`;
  const parts = place && !place.urgent ? others : `${urgent} union all ${others}`;
  return `with near as materialized (select id, min(due) as due from (${nearDeadlines()}) d group by id)
    select json, due, turn, rank, since::text, id from (${parts}) page order by turn, rank, since, id limit ${limit}`;
};

const byAge = (parameters: Parameters, where: string, limit: string, newest: boolean, place?: Place): string => {
  const [sign, direction] = newest ? ['<', 'desc'] : ['>', 'asc'];
  const after = place
    ? `and (t.since, t.id) ${sign} (${parameters.add(place.since)}::timestamptz, ${parameters.add(place.id)}::uuid)`
    : '';
  return `with near as materialized (select id, min(due) as due from (${nearDeadlines()}) d group by id)
    select ${UNIT_JSON}::text, n.due::text, 1 as turn, t.rank, t.since::text, t.id
    from translation t ${RECORD_OF_UNIT} left join near n on n.id = t.record_id where ${where} ${after}
    order by t.since ${direction}, t.id ${direction} limit ${limit}`;
};

/** The statement of a page of the queue. */
export const statementOf = (scope: UnitScope, query: UnitQuery, limit: number, place?: Place): Statement => {
  const parameters = new Parameters([...scope.parameters]);
  const conditions = query.conditions.map(({ value, sql }) => sql(parameters.add(value)));
  const where = [scope.sql, ...conditions].join(' and ');
  const count = parameters.add(limit);
  const text =
    query.order === 'priority'
      ? byPriority(parameters, where, count, place)
      : byAge(parameters, where, count, query.order === '-age', place);
  return { text, values: parameters.values };
};

/** The queue of texts to translate, over all resources. */
@Injectable()
export class UnitQueue {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  /**
   * A page of the units that the asker may see.
   * @throws `request.invalid-parameter`, `request.invalid-cursor`
   */
  async list(ask: Ask): Promise<Reply> {
    const { limit } = parsePage(ask.parameters);
    const { units, next } = await this.page(ask, limit);
    const items = units.map(({ view }) => JSON.stringify(view));
    const reply = pageReply(items, JSON.stringify({ limit, next }), ask.choice);
    return next ? { ...reply, link: `<${nextLink(ask, next)}>; rel="next"` } : reply;
  }

  /**
   * The units of a page, as rows and as answers show them, and the cursor of the next page.
   * @param fitting how many of the units a page has room for, where that is not all
   * @throws `request.invalid-parameter`, `request.invalid-cursor`
   */
  async page(ask: Ask, limit: number, fitting = (units: readonly ListedUnit[]): number => units.length) {
    const cursor = ask.parameters.get('cursor');
    const query = unitQuery(ask.parameters, ask.actor);
    const scope = unitScope(ask.actor);
    const identity = JSON.stringify(['translation-units', scope.sql, scope.parameters, query.identity]);
    const place = cursor === undefined ? undefined : placeOf(this.cursors.open(cursor, identity));
    const statement = statementOf(scope, query, limit + 1, place);
    const rows = await this.database.rows({ ...statement, planEachTime: true });
    const found = await this.units(rows.slice(0, limit));
    const units = found.slice(0, fitting(found));
    const last = rows.length > units.length ? rows[units.length - 1] : undefined;
    const next = last ? this.cursors.seal({ key: JSON.stringify(last.slice(2, 5)), id: last[5]! }, identity) : null;
    return { units, next };
  }

  private async units(page: readonly (string | null)[][]): Promise<ListedUnit[]> {
    const units = page.map(([json]) => JSON.parse(json!) as UnitRow);
    const texts = await readTexts(async (text, values) => {
      const rows = await this.database.rows({ text, values });
      return rows.map(([id, json]) => ({ id: id!, json: json! }));
    }, units);
    return units.map((row, n) => {
      const due = page[n]![1];
      return { row, view: unitView(row, texts.get(row.recordId), due ? new Date(due).toISOString() : null) };
    });
  }
}

const placeOf = ({ key, id }: { key: string; id: string }): Place => {
  const [turn, rank, since] = JSON.parse(key) as [string, string, string];
  return { urgent: turn === '0', rank: Number(rank), since, id };
};
