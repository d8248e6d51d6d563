import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { isCalendarDate } from '../../../kernel/dates.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { type FieldError, problem } from '../../../kernel/problems.js';
import { isVocabularyCode } from '../../../kernel/vocabularies.js';
import { Cursors } from '../../../resource/cursor.js';
import { pageAnswer, pageAsk } from '../../../resource/paging.js';
import { type ReadContext, readContext, scopeOf } from '../../../resource/scope.js';
import { resourceOf } from '../../../resource/spec.js';
import { Stores } from '../../../resource/stores.js';
import { languageMap, related, relatedList } from '../../../resource/view.js';
import { standingSql, stateSql } from './decision-standing.js';

/** Statuses of meetings that took place. */
export const TOOK_PLACE = `('held', 'minutes-agreed', 'closed')`;

/** The decisions of a mechanism with what has become of each, in the order in which they were recorded. */
@Injectable()
export class MechanismDecisions {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly stores: Stores,
  ) {}

  /**
   * A page of the decisions that the asker may see.
   * @throws `resource.not-found`, `request.invalid-parameter`, `request.invalid-cursor`
   */
  async list(ask: Ask, mechanism: string): Promise<Reply> {
    const { state, on } = filtersOf(ask);
    await this.stores.of(resourceOf('mechanism')).mustSee(ask, mechanism);
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const bound = ['mechanism-decisions', mechanism, state, on, read.scopeKey, ...scope.parameters];
    const page = pageAsk(ask, this.cursors, bound);
    const values = [...scope.parameters, mechanism, state, on, page.after, page.limit + 1];
    const rows = await this.database.rows({ text: statement(read, scope.parameters.length), values });
    return pageAnswer(
      ask,
      this.cursors,
      page,
      rows.map(([id, json]) => ({ id: id!, json: json! })),
    );
  }
}

/** @throws `request.invalid-parameter` naming every parameter at fault */
const filtersOf = ({ parameters }: Ask): { state: string | null; on: string | null } => {
  const [state, on] = [parameters.get('state') ?? null, parameters.get('on') ?? null];
  const errors: FieldError[] = [];
  if (state !== null && !isVocabularyCode('decisionStatus', state))
    errors.push({ parameter: 'state', code: 'invalid-value' });
  if (on !== null && !isCalendarDate(on)) errors.push({ parameter: 'on', code: 'invalid-value' });
  if (errors.length > 0) throw problem('request.invalid-parameter', { errors });
  return { state, on };
};

/** Day of a meeting at its host's. */
const dayOf = (meeting: string): string =>
  `coalesce(${meeting}.held_on, (${meeting}.starts_at at time zone coalesce(${meeting}.time_zone, 'UTC'))::date)`;

/** Meetings of the series that took place after the decision's own, by their days or else by their numbers. */
const meetingsSince = (read: ReadContext): string => `(select count(*)::integer from meeting later
    where later.mechanism_id = m.mechanism_id and later.id <> m.id and later.status in ${TOOK_PLACE}
      and case when ${dayOf('later')} <> ${dayOf('m')} then ${dayOf('later')} > ${dayOf('m')}
        else later.number_in_series > m.number_in_series end and ${read.scope('later', 'meeting')})`;

const tasksSql = (read: ReadContext): string => `(select coalesce(json_agg(json_build_object(
      'task', ${related(read, 'task', 't.id', 'carried_out')}, 'status', t.status,
      'leadUnit', ${related(read, 'organization', 't.lead_unit_id', 'lead_unit')}) order by t.position, t.id), '[]'::json)
    from task t where t.origin_decision_id = d.id and ${read.scope('t', 'task')})`;

/** A day is over on both banks when it is over in Heihe, an hour or two later than across the river. */
const TODAY = `(now() at time zone 'Asia/Shanghai')::date`;

const statement = (read: ReadContext, n: number): string => {
  const $ = (place: number) => `$${n + place}`;
  const responsible = 'select r.target_id as id, r.position from decision_responsible r where r.record_id = d.id';
  return `select d.id::text, json_build_object('id', d.id, 'meeting', ${related(read, 'meeting', 'm.id', 'decided_at')},
      'kind', d.kind, 'number', d.number, 'text', ${languageMap(read, 'd.text_zh', 'd.text_ru')},
      'responsible', ${relatedList(read, 'organization', responsible, 'answering')}, 'dueOn', d.due_on,
      'standing', ${standingSql('d')}, 'overdueDays', case when ${stateSql('d')} = 'open' and d.due_on is not null
        then greatest(0, coalesce(${$(3)}::date, ${TODAY}) - d.due_on) end,
      'meetingsSince', ${meetingsSince(read)}, 'tasks', ${tasksSql(read)})::text
    from decision d join meeting m on m.id = d.meeting_id
    where m.mechanism_id = ${$(1)}::uuid and ${read.scope('d', 'decision')} and ${read.scope('m', 'meeting')}
      and (${$(2)}::text is null or ${stateSql('d')} = ${$(2)}::text)
      and (${$(4)}::uuid is null or d.id > ${$(4)}::uuid)
    order by d.id limit ${$(5)}`;
};
