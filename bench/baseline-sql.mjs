/**
 * The baseline's two statements, written by hand: every member that the portal answers for a lead in Russian,
 * with joins instead of subselects and without what only a general program needs.
 */

const map = (zh, ru) => `case when ${ru} is not null then json_build_object('ru', ${ru})
  when ${zh} is not null then json_build_object('zh', ${zh}) end`;

const related = (alias, text) => `case when ${alias}.id is not null then
  json_build_object('id', ${alias}.id, 'name', ${map(`${alias}.${text}_zh`, `${alias}.${text}_ru`)}) end`;

const isPublic = (alias) => `${alias}.state = 'published' and ${alias}.audience = 'public'`;

const size = (column, value, unit, number) => `case when l.${column}_exactness is null then null
  when l.${column}_exactness = 'range' then json_build_object('min', ${number(`l.${column}_min`)},
    'max', ${number(`l.${column}_max`)}, '${unit}', l.${column}_${unit}, 'exactness', l.${column}_exactness)
  else json_build_object('${value}', ${number(`l.${column}_${value}`)}, '${unit}', l.${column}_${unit},
    'exactness', l.${column}_exactness) end`;
const money = (column) => size(column, 'amount', 'currency', (number) => `trim_scale(${number})::text`);

const TEXTS = { name: 'name', summary: 'summary', constructionContent: 'construction_content' };
const ofTexts = (make) => Object.entries(TEXTS).map(([field, column]) => make(field, column));

const languageState = (language, other) => {
  const lacks = (column) => `l.${column}_${language} is null and l.${column}_${other} is not null`;
  return `case when ${ofTexts((_, column) => `(${lacks(column)})`).join(' or ')}
      then json_build_object('state', 'missing', 'missing', array_remove(array[
        ${ofTexts((field, column) => `case when ${lacks(column)} then '${field}' end`).join(', ')}], null))
    when l.source_language = '${language}' then json_build_object('state', 'source')
    when l.source_language = 'both' then json_build_object('state', 'authentic')
    else json_build_object('state', translated.state) end`;
};

const textIn = (language) =>
  `case t.field ${ofTexts((field, column) => `when '${field}' then l.${column}_${language}`).join(' ')} end`;

/** State of the translation into a language from the other one. */
const stateInto = (language, other) => `(
  select case when bool_or(t.source_hash is distinct from sha256(convert_to(${textIn(other)}, 'UTF8'))) then 'stale'
      when bool_or(t.origin = 'machine' and t.state <> 'approved') then 'machine'
      when count(*) = num_nonnulls(${ofTexts((_, column) => `l.${column}_${language}`).join(', ')})
        and bool_and(t.state = 'approved') then 'approved' else 'draft' end
    from translation t
    where t.record_id = l.id and t.language = '${language}' and ${textIn(language)} is not null)`;

const MEMBERS = `
  'id', l.id, 'version', l.version, 'state', l.state, 'audience', l.audience, 'owner', ${related('o', 'name')},
  'sourceLanguage', l.source_language,
  'languages', json_build_object('zh', ${languageState('zh', 'ru')}, 'ru', ${languageState('ru', 'zh')}),
  'createdAt', l.created_at, 'updatedAt', l.updated_at, 'publishedAt', l.published_at,
  'remark', ${map('l.remark_zh', 'l.remark_ru')}, 'source', ${related('d', 'title')}, 'verbatim', l.verbatim,
  'name', ${map('l.name_zh', 'l.name_ru')}, 'summary', ${map('l.summary_zh', 'l.summary_ru')},
  'kind', l.kind, 'stage', l.stage, 'zone', ${related('z', 'name')}, 'region', ${related('g', 'name')},
  'industries', industries.list,
  'constructionContent', ${map('l.construction_content_zh', 'l.construction_content_ru')},
  'totalInvestment', ${money('total_investment')},
  'landArea', ${size('land_area', 'value', 'unit', (number) => number)},
  'expectedAnnualRevenue', ${money('expected_annual_revenue')},
  'expectedAnnualProfitAndTax', ${money('expected_annual_profit_and_tax')},
  'phases', l.phases, 'capacities', capacities.list, 'stageLog', stage_log.list`;

const text = (path) => map(`${path}->>'zh'`, `${path}->>'ru'`);

const JOINS = `
  left join organization o on o.id = l.owner_id and ${isPublic('o')}
  left join document d on d.id = l.source_id and ${isPublic('d')}
  left join zone z on z.id = l.zone_id and ${isPublic('z')}
  left join region g on g.id = l.region_id and ${isPublic('g')}
  cross join lateral (select case l.source_language when 'zh' then ${stateInto('ru', 'zh')}
    when 'ru' then ${stateInto('zh', 'ru')} end as state) translated
  cross join lateral (
    select coalesce(json_agg(${related('i', 'name')} order by li.position), '[]') as list
      from lead_industries li join industry i on i.id = li.target_id
     where li.record_id = l.id and ${isPublic('i')}) industries
  cross join lateral (
    select coalesce(json_agg(json_build_object('name', ${text("e.value->'name'")}, 'quantity', json_build_object(
        'value', e.value->'quantity'->'value', 'unit', e.value->'quantity'->'unit',
        'exactness', e.value->'quantity'->'exactness')) order by e.n), '[]') as list
      from jsonb_array_elements(l.capacities) with ordinality e(value, n)) capacities
  cross join lateral (
    select coalesce(json_agg(json_build_object('stage', e.value->'stage', 'on', e.value->'on', 'year', e.value->'year',
        'planned', e.value->'planned', 'text', ${text("e.value->'text'")}, 'document', ${related('ed', 'title')},
        'task', ${related('et', 'title')}) order by e.n), '[]') as list
      from jsonb_array_elements(l.stage_log) with ordinality e(value, n)
      left join document ed on ed.id = (e.value->'document'->>'id')::uuid and ${isPublic('ed')}
      left join task et on et.id = (e.value->'task'->>'id')::uuid and ${isPublic('et')}) stage_log`;

const NEWEST_FIRST = `coalesce(published_at, 'infinity'::timestamptz) desc, id desc`;

/** The newest 20 of all leads; each row is finished JSON and the id. */
export const LEADS_PAGE = `
  with page as (select * from lead where ${isPublic('lead')} order by ${NEWEST_FIRST} limit 20)
  select json_build_object(${MEMBERS})::text, l.id from page l ${JOINS} order by ${NEWEST_FIRST.replaceAll(/\b(published_at|id)\b/g, 'l.$1')}`;

/** One lead with what only the single record tells. */
export const LEAD_BY_ID = `
  select json_build_object(${MEMBERS}, 'tasks', tasks.list, 'leadTime', case when producing.day is not null
      then json_build_object('signedOn', signed.day, 'producingOn', producing.day, 'days', producing.day - signed.day)
    end)::text
  from lead l ${JOINS}
  cross join lateral (
    select coalesce(json_agg(${related('t', 'title')} order by t.id), '[]') as list
      from task_leads tl join task t on t.id = tl.record_id where tl.target_id = l.id and ${isPublic('t')}) tasks
  cross join lateral (
    select min((e->>'on')::date) as day from jsonb_array_elements(l.stage_log) e
     where e->>'stage' = 'signed' and not coalesce((e->>'planned')::boolean, false)) signed
  cross join lateral (
    select min((e->>'on')::date) as day from jsonb_array_elements(l.stage_log) e
     where e->>'stage' = 'producing' and not coalesce((e->>'planned')::boolean, false)
       and (e->>'on')::date >= signed.day) producing
  where l.id = $1 and ${isPublic('l')}`;
