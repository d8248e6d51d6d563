import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import { can, capacitiesOf } from '../../kernel/access.js';
import type { Actor } from '../../kernel/actor.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { LANGUAGES, type LanguageMap } from '../../kernel/languages.js';
import type { Body } from '../../resource/body.js';
import { Cursors } from '../../resource/cursor.js';
import { fieldsOf } from '../../resource/field.js';
import { type FieldChange, type HistoryEntry, RecordHistory, type TextComparison } from '../../resource/history.js';
import { parsePage } from '../../resource/list-query.js';
import { nameReferences } from '../../resource/named-references.js';
import { pageReply } from '../../resource/reply.js';
import { readContext, scopeOf } from '../../resource/scope.js';
import type { ResourceSpec } from '../../resource/spec.js';
import { related } from '../../resource/view.js';
import { actionOf, kindOf } from './audit.listener.js';
import type { Statement } from './chain.js';
import { compareTexts } from './compare-texts.js';

type Row = Pick<Statement, 'at' | 'actorKind' | 'actorId' | 'action' | 'changes' | 'facts'> &
  Pick<HistoryEntry, 'version' | 'side' | 'organization'> & { seq: number };

const KINDS = ['created', 'updated', 'published', 'withdrawn'] as const;

/** Rows that are read at once: some of them may not be for the asker. */
const BATCH = 100;

/** Whether the asker could read the record before and after a change; what was a draft then is nobody's to read now. */
const mayRead = (actor: Actor, resource: string, facts: Statement['facts']): boolean =>
  facts?.after != null && [facts.before, facts.after].every((one) => !one || can(actor, 'read', resource, one));

/** Who did something is told to those who answer for it: administrators, and coordinators of the same side. */
const mayKnowActor = (actor: Actor, side: string | null): boolean => {
  const capacities = capacitiesOf(actor);
  return capacities.has('administrator') || (capacities.has('coordinator') && 'side' in actor && actor.side === side);
};

/** Histories as the trail knows them. */
@Injectable()
export class TrailHistory extends RecordHistory {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {
    super();
  }

  async of(spec: ResourceSpec, ask: Ask, id: string): Promise<Reply> {
    const { limit, cursor } = parsePage(ask.parameters);
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const identity = JSON.stringify(['history', spec.name, id, read.scopeKey, scope.parameters]);
    const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(this.cursors.open(cursor, identity).key);
    const rows = await this.rows(spec, ask, id, before, limit + 1);
    const page = rows.slice(0, limit);
    const next = rows.length > limit ? this.cursors.seal({ key: String(page.at(-1)!.seq), id }, identity) : null;
    const entries = await this.entries(spec, ask, page);
    const items = entries.map((entry) => JSON.stringify(entry));
    return pageReply(items, JSON.stringify({ limit, next }), ask.choice);
  }

  /** The latest changes before a place in the trail that the asker may see. */
  private async rows(spec: ResourceSpec, ask: Ask, id: string, before: number, count: number): Promise<Row[]> {
    const seen: Row[] = [];
    for (let last = before; seen.length < count; ) {
      const batch = await this.batch(spec, ask, id, last);
      seen.push(...batch.filter(({ facts }) => mayRead(ask.actor, spec.name, facts)));
      if (batch.length < BATCH) break;
      last = batch.at(-1)!.seq;
    }
    return seen.slice(0, count);
  }

  private async batch(
    spec: ResourceSpec,
    { actor, choice, fallback }: Ask,
    id: string,
    before: number,
  ): Promise<Row[]> {
    const scope = scopeOf(actor);
    const organization = related(readContext(scope, choice, fallback), 'organization', 'a.organization_id', 'o');
    const $ = (n: number) => `$${scope.parameters.length + n}`;
    const text = `select json_build_object('seq', a.seq, 'at', a.at, 'actorKind', a.actor_kind, 'actorId', a.actor_id,
        'side', a.side, 'action', a.action, 'version', a.object_version, 'changes', a.changes, 'facts', a.facts,
        'organization', ${organization})::text
      from audit a where a.object_id = ${$(1)} and a.object_resource = ${$(2)} and a.action = any(${$(3)}::text[])
        and a.seq < ${$(4)}::bigint order by a.seq desc limit ${BATCH}`;
    const actions = KINDS.map((kind) => actionOf(spec.name, kind));
    const rows = await this.database.rows({ text, values: [...scope.parameters, id, spec.name, actions, before] });
    return rows.map(([json]) => JSON.parse(json!) as Row);
  }

  private async entries(spec: ResourceSpec, ask: Ask, rows: readonly Row[]): Promise<HistoryEntry[]> {
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const bodies = rows.flatMap(({ changes }) => [sideOf(changes, 'before'), sideOf(changes, 'after')]);
    const named = await nameReferences(this.database, scope, read, spec.entity, bodies);
    return rows.map((row, n) => entryOf(spec, ask.actor, row, named[2 * n]!, named[2 * n + 1]!));
  }
}

/** The changed members as they were before or after. */
const sideOf = (changes: Statement['changes'], side: 'before' | 'after'): Body =>
  Object.fromEntries(Object.entries(changes ?? {}).map(([name, change]) => [name, change[side]]));

const entryOf = (spec: ResourceSpec, actor: Actor, row: Row, before: Body, after: Body): HistoryEntry => {
  const { action, version, at, organization, side, actorKind, actorId } = row;
  return {
    kind: kindOf(spec.name, action)!,
    version,
    at,
    organization,
    side,
    actorKind,
    actorId: mayKnowActor(actor, side) ? actorId : null,
    changes: changesOf(spec, before, after),
  };
};

/** In the order in which the record's fields are declared. */
const changesOf = (spec: ResourceSpec, before: Body, after: Body): FieldChange[] =>
  fieldsOf(spec.entity)
    .filter(({ name }) => name in before || name in after)
    .map(({ name, kind }) => {
      const [was, is] = [before[name] ?? null, after[name] ?? null];
      return kind === 'localized'
        ? {
            field: name,
            ...comparisons(was as LanguageMap | null, is as LanguageMap | null),
            before: null,
            after: null,
          }
        : { field: name, zh: null, ru: null, before: was, after: is };
    });

/** Both languages always, also the one that stayed as it was: whether the texts still say the same is the question. */
const comparisons = (was: LanguageMap | null, is: LanguageMap | null) =>
  Object.fromEntries(
    LANGUAGES.map((language): [string, TextComparison] => {
      const [before, after] = [was?.[language] ?? null, is?.[language] ?? null];
      return [language, { before, after, parts: compareTexts(language, before ?? '', after ?? '') }];
    }),
  ) as Record<(typeof LANGUAGES)[number], TextComparison>;
