/**
 * The baseline's two statements, written by hand: every member that the portal answers for a lead in Russian, and
 * nothing that only a general program needs. Subselects, because joins were measured to be slower here: they make
 * the planner hash whole tables for one row.
 */

const isPublic = (alias) => `${alias}.state = 'published' and ${alias}.audience = 'public'`;

const map = (zh, ru) => `case when ${ru} is not null then json_build_object('ru', ${ru})
  when ${zh} is not null then json_build_object('zh', ${zh}) end`;

const named = (alias, text) =>
  `json_build_object('id', ${alias}.id, 'name', ${map(`${alias}.${text}_zh`, `${alias}.${text}_ru`)})`;

const related = (table, text, id) =>
  `(select ${named('o', text)} from ${table} o where o.id = ${id} and ${isPublic('o')})`;

const size = (column, value, unit, number) => `case when l.${column}_exactness is null then null
  when l.${column}_exactness = 'range' then json_build_object('min', ${number(`l.${column}_min`)},
    'max', ${number(`l.${column}_max`)}, '${unit}', l.${column}_${unit}, 'exactness', l.${column}_exactness)
  else json_build_object('${value}', ${number(`l.${column}_${value}`)}, '${unit}', l.${column}_${unit},
    'exactness', l.${column}_exactness) end`;
const money = (column) => size(column, 'amount', 'currency', (number) => `trim_scale(${number})::text`);

const TEXTS = { name: 'name', summary: 'summary', constructionContent: 'construction_content' };
const ofTexts = (make) => Object.entries(TEXTS).map(([field, column]) => make(field, column));

const textIn = (language) =>
  `case t.field ${ofTexts((field, column) => `when '${field}' then l.${column}_${language}`).join(' ')} end`;

/** State of the translation into a language from the other one. */
const translationInto = (language, other) => `(
  select case when bool_or(t.source_hash is distinct from sha256(convert_to(${textIn(other)}, 'UTF8'))) then 'stale'
      when bool_or(t.origin = 'machine' and t.state <> 'approved') then 'machine'
      when count(*) = num_nonnulls(${ofTexts((_, column) => `l.${column}_${language}`).join(', ')})
        and bool_and(t.state = 'approved') then 'approved' else 'draft' end
    from translation t where t.record_id = l.id and t.language = '${language}' and ${textIn(language)} is not null)`;

const languageState = (language, other) => {
  const lacks = (column) => `l.${column}_${language} is null and l.${column}_${other} is not null`;
  return `case when ${ofTexts((_, column) => `(${lacks(column)})`).join(' or ')}
      then json_build_object('state', 'missing', 'missing', array_remove(array[
        ${ofTexts((field, column) => `case when ${lacks(column)} then '${field}' end`).join(', ')}], null))
    when l.source_language = '${language}' then json_build_object('state', 'source')
    when l.source_language = 'both' then json_build_object('state', 'authentic')
    else json_build_object('state', ${translationInto(language, other)}) end`;
};

const textOf = (value) => map(`${value}->>'zh'`, `${value}->>'ru'`);

const INDUSTRIES = `(
  select coalesce(json_agg(${named('i', 'name')} order by li.position), '[]')
    from lead_industries li join industry i on i.id = li.target_id where li.record_id = l.id and ${isPublic('i')})`;

const CAPACITIES = `(
  select coalesce(json_agg(json_build_object('name', ${textOf("e.value->'name'")},
      'quantity', json_build_object('value', e.value->'quantity'->'value', 'unit', e.value->'quantity'->'unit',
        'exactness', e.value->'quantity'->'exactness')) order by e.n), '[]')
    from jsonb_array_elements(l.capacities) with ordinality e(value, n))`;

const STAGE_LOG = `(
  select coalesce(json_agg(json_build_object('stage', e.value->'stage', 'on', e.value->'on', 'year', e.value->'year',
      'planned', e.value->'planned', 'text', ${textOf("e.value->'text'")},
      'document', ${related('document', 'title', "(e.value->'document'->>'id')::uuid")},
      'task', ${related('task', 'title', "(e.value->'task'->>'id')::uuid")}) order by e.n), '[]')
    from jsonb_array_elements(l.stage_log) with ordinality e(value, n))`;

const MEMBERS = `
  'id', l.id, 'version', l.version, 'state', l.state, 'audience', l.audience,
  'owner', ${related('organization', 'name', 'l.owner_id')}, 'sourceLanguage', l.source_language,
  'languages', json_build_object('zh', ${languageState('zh', 'ru')}, 'ru', ${languageState('ru', 'zh')}),
  'createdAt', l.created_at, 'updatedAt', l.updated_at, 'publishedAt', l.published_at,
  'remark', ${map('l.remark_zh', 'l.remark_ru')}, 'source', ${related('document', 'title', 'l.source_id')},
  'verbatim', l.verbatim, 'name', ${map('l.name_zh', 'l.name_ru')}, 'summary', ${map('l.summary_zh', 'l.summary_ru')},
  'kind', l.kind, 'stage', l.stage, 'zone', ${related('zone', 'name', 'l.zone_id')},
  'region', ${related('region', 'name', 'l.region_id')}, 'industries', ${INDUSTRIES},
  'constructionContent', ${map('l.construction_content_zh', 'l.construction_content_ru')},
  'totalInvestment', ${money('total_investment')},
  'landArea', ${size('land_area', 'value', 'unit', (number) => number)},
  'expectedAnnualRevenue', ${money('expected_annual_revenue')},
  'expectedAnnualProfitAndTax', ${money('expected_annual_profit_and_tax')},
  'phases', l.phases, 'capacities', ${CAPACITIES}, 'stageLog', ${STAGE_LOG}`;

/** The newest 20 of all leads; each row is finished JSON and the id. */
export const LEADS_PAGE = `
  select json_build_object(${MEMBERS})::text, l.id from lead l where ${isPublic('l')}
   order by coalesce(l.published_at, '-infinity'::timestamptz) desc, l.id desc limit 20`;

const TASKS = `(
  select coalesce(json_agg(${named('t', 'title')} order by t.id), '[]')
    from task_leads tl join task t on t.id = tl.record_id where tl.target_id = l.id and ${isPublic('t')})`;

const reached = (stage) => `e->>'stage' = '${stage}' and not coalesce((e->>'planned')::boolean, false)`;

const LEAD_TIME = `(
  select json_build_object('signedOn', signed.day, 'producingOn', producing.day, 'days', producing.day - signed.day)
    from (select min((e->>'on')::date) as day from jsonb_array_elements(l.stage_log) e
      where ${reached('signed')}) signed,
    lateral (select min((e->>'on')::date) as day from jsonb_array_elements(l.stage_log) e
      where ${reached('producing')} and (e->>'on')::date >= signed.day) producing
   where producing.day is not null)`;

/** One lead with what only the single record tells. */
export const LEAD_BY_ID = `
  select json_build_object(${MEMBERS}, 'tasks', ${TASKS}, 'leadTime', ${LEAD_TIME})::text
    from lead l where l.id = $1 and ${isPublic('l')}`;
