import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { can } from '../../kernel/access.js';
import type { AccountActor, Actor } from '../../kernel/actor.js';
import { otherLanguage } from '../../kernel/languages.js';
import { type FieldError, problem } from '../../kernel/problems.js';
import { lockEach } from '../../resource/locking.js';
import { resourceOf } from '../../resource/spec.js';
import { readStored, type Stored } from '../../resource/stored.js';
import { nearDeadlines } from './near-deadlines.js';
import { UNIT_JSON, type UnitRow } from './unit-rows.js';
import { maySeeUnit } from './unit-scope.js';
import type { TranslationUnit } from './unit-shapes.js';
import { type AskRows, readTexts } from './unit-texts.js';
import { unitView } from './unit-view.js';

/** A unit together with its record, as of one moment of a transaction. */
export type OpenUnit = { row: UnitRow; stored: Stored };

/** How units are read for what is to be done with them. */
export type Lock = 'none' | 'units' | 'records';

/** Puts a fault where the caller named the unit. */
export type Pointer = (n: number) => string;

/** Who acts, as a person: keys of systems approve nothing. @throws `auth.forbidden` */
export const personOf = (actor: Actor): AccountActor => {
  if (actor.kind !== 'account') throw problem('auth.forbidden');
  return actor;
};

/** Both texts of a unit as they stand. */
export const textsOf = ({ row, stored }: OpenUnit): { original: string; text: string } => {
  const texts = (stored.body[row.field] ?? {}) as Record<string, string | undefined>;
  return { original: texts[otherLanguage(row.language)] ?? '', text: texts[row.language] ?? '' };
};

/**
 * Whether an actor may write the text: whoever may change the record; otherwise a translator, as far as it is a
 * translation into a language of theirs.
 */
export const mayWriteUnit = (actor: Actor, { row, stored }: OpenUnit): boolean => {
  if (can(actor, 'update', row.resource, stored.facts)) return true;
  if (actor.kind !== 'account' || row.authentic || !actor.translatesInto.includes(row.language)) return false;
  return can(actor, 'translate', row.resource, stored.facts);
};

const asker =
  (manager: EntityManager): AskRows =>
  async (text, values) =>
    (await manager.query(text, values)) as { id: string; json: string }[];

/** Reads units for those who may see them. The exchange of translations builds upon it. */
@Injectable()
export class Units {
  /**
   * Units by id, in the order asked for. With `records` nobody else writes the records until the transaction ends.
   * @throws `resource.not-found` alike for unknown and unseen, naming each where `pointer` says so
   */
  async open(
    manager: EntityManager,
    actor: Actor,
    ids: readonly string[],
    lock: Lock = 'none',
    pointer?: Pointer,
  ): Promise<OpenUnit[]> {
    if (lock === 'records') await this.lockRecords(manager, ids);
    const rows = await this.rows(manager, ids, lock === 'none' ? '' : 'for update');
    const records = await this.records(manager, [...rows.values()]);
    const found = ids.map((id) => seen(actor, rows.get(id), records));
    const missing = [...found.keys()].filter((n) => !found[n]);
    if (missing.length > 0) throw problem('resource.not-found', errorsAt(missing, pointer));
    return found as OpenUnit[];
  }

  /** Those of the units that the asker may see, their rows locked, and with `records` their records too. */
  async openSeen(
    manager: EntityManager,
    actor: Actor,
    ids: readonly string[],
    lock: Exclude<Lock, 'none'> = 'units',
  ): Promise<OpenUnit[]> {
    if (lock === 'records') await this.lockRecords(manager, ids);
    const rows = await this.rows(manager, ids, 'for update');
    const records = await this.records(manager, [...rows.values()]);
    return ids.flatMap((id) => seen(actor, rows.get(id), records) ?? []);
  }

  /** Ids of the units of one record, in the order of fields. */
  async ofRecord(manager: EntityManager, resource: string, id: string): Promise<string[]> {
    const rows = (await manager.query(
      `select id from translation where record_id = $1 and resource = $2 and original_hash is not null order by field, language`,
      [id, resource],
    )) as { id: string }[];
    return rows.map((row) => row.id);
  }

  /** Units as answers show them. */
  async views(manager: EntityManager, ids: readonly string[]): Promise<TranslationUnit[]> {
    const rows = await this.rows(manager, ids, '');
    const texts = await readTexts(asker(manager), [...rows.values()]);
    const due = await this.deadlines(manager, [...new Set([...rows.values()].map(({ recordId }) => recordId))]);
    return ids.flatMap((id) => {
      const row = rows.get(id);
      return row ? [unitView(row, texts.get(row.recordId), due.get(row.recordId) ?? null)] : [];
    });
  }

  private async lockRecords(manager: EntityManager, ids: readonly string[]): Promise<void> {
    const rows = (await manager.query(
      'select distinct resource, record_id as id from translation where id = any($1::uuid[])',
      [ids],
    )) as { resource: string; id: string }[];
    const records = rows.map(({ resource, id }) => ({ spec: resourceOf(resource), id }));
    await lockEach(manager, records);
  }

  private async rows(manager: EntityManager, ids: readonly string[], lock: string): Promise<Map<string, UnitRow>> {
    const rows = (await manager.query(
      `select ${UNIT_JSON} as unit from translation t where t.id = any($1::uuid[]) order by t.id ${lock}`,
      [ids],
    )) as { unit: UnitRow }[];
    return new Map(rows.map(({ unit }) => [unit.id, unit]));
  }

  private async records(manager: EntityManager, rows: readonly UnitRow[]): Promise<Map<string, Stored>> {
    const records = new Map<string, Stored>();
    for (const { resource, recordId } of rows) {
      if (records.has(recordId)) continue;
      const stored = await readStored(manager, resourceOf(resource), recordId);
      if (stored) records.set(recordId, stored);
    }
    return records;
  }

  private async deadlines(manager: EntityManager, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = (await manager.query(
      `select d.id, min(d.due) as due from (${nearDeadlines()}) d where d.id = any($1::uuid[]) group by d.id`,
      [ids],
    )) as { id: string; due: Date }[];
    return new Map(rows.map(({ id, due }) => [id, due.toISOString()]));
  }
}

const seen = (actor: Actor, row: UnitRow | undefined, records: ReadonlyMap<string, Stored>): OpenUnit | undefined => {
  const stored = row && records.get(row.recordId);
  return row && stored && maySeeUnit(actor, row, stored.facts) ? { row, stored } : undefined;
};

const errorsAt = (places: readonly number[], pointer: Pointer | undefined) =>
  pointer ? { errors: places.map((n): FieldError => ({ pointer: pointer(n), code: 'unknown-reference' })) } : {};
