import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { newId } from '../../kernel/ids.js';
import { otherLanguage } from '../../kernel/languages.js';
import { invalid, problem } from '../../kernel/problems.js';
import { mayReview } from '../../kernel/translation-workflow.js';
import { shapeBody } from '../../resource/shape-body.js';
import { runWrite } from '../../resource/writes.js';
import { TranslationEngine } from './translation-engine.js';
import { NewUnitComment, NewUnitWaiver, UnitReason, UnitText } from './unit-bodies.js';
import { UnitChanges, wrongState } from './unit-changes.js';
import { fingerprintsOf, UnitChecks } from './unit-checks.js';
import { UnitDetails } from './unit-detail.js';
import { mustBeFree, type UnitStep, UnitSteps } from './unit-steps.js';
import { UnitWriter } from './unit-writer.js';
import { type Lock, mayWriteUnit, type OpenUnit, personOf, textsOf, Units } from './units.js';

/** What people do with one unit; each answers with the unit as it is then. */
@Injectable()
export class UnitActions {
  constructor(
    private readonly database: Database,
    private readonly units: Units,
    private readonly details: UnitDetails,
    private readonly steps: UnitSteps,
    private readonly writer: UnitWriter,
    private readonly checks: UnitChecks,
    private readonly changes: UnitChanges,
    private readonly engine: TranslationEngine,
  ) {}

  /** @throws `resource.not-found` */
  get(ask: Ask, id: string): Promise<Reply> {
    return this.database.transaction((manager) => this.details.reply(manager, ask, id));
  }

  /** @throws `auth.forbidden`, `translation.claimed`, `translation.wrong-state` */
  claim(ask: Ask, id: string): Promise<Reply> {
    return this.act(ask, id, 'units', this.steps.claim);
  }

  /** @throws `translation.claimed`, `translation.wrong-state` */
  release(ask: Ask, id: string): Promise<Reply> {
    return this.act(ask, id, 'units', this.steps.release);
  }

  /** @throws `auth.forbidden`, `translation.wrong-state` */
  submit(ask: Ask, id: string): Promise<Reply> {
    return this.act(ask, id, 'units', this.steps.submit);
  }

  /** @throws `auth.forbidden`, `translation.own-work`, `translation.findings-open`, `translation.wrong-state` */
  approve(ask: Ask, id: string): Promise<Reply> {
    return this.act(ask, id, 'units', this.steps.approve);
  }

  /** @throws `auth.forbidden`, `translation.wrong-state` */
  return(ask: Ask, id: string): Promise<Reply> {
    const { reason } = shapeBody(UnitReason, ask.body);
    return this.act(ask, id, 'units', (manager, asked, unit) => this.steps.return(manager, asked, unit, reason));
  }

  /** "No retranslation needed". @throws `auth.forbidden`, `translation.findings-open`, `translation.wrong-state` */
  confirm(ask: Ask, id: string): Promise<Reply> {
    const { reason } = shapeBody(UnitReason, ask.body);
    return this.act(ask, id, 'units', (manager, asked, unit) => this.steps.confirm(manager, asked, unit, reason));
  }

  /** @throws those of `UnitWriter.write` */
  write(ask: Ask, id: string): Promise<Reply> {
    const { text } = shapeBody(UnitText, ask.body);
    return this.act(ask, id, 'records', (manager, asked, unit) => this.writer.write(manager, asked, unit, text));
  }

  /** Something said about a text by anybody who works with it. */
  comment(ask: Ask, id: string): Promise<Reply> {
    const { text } = shapeBody(NewUnitComment, ask.body);
    return this.act(ask, id, 'units', async (manager, asked, unit) => {
      const by = personOf(asked.actor).id;
      await manager.query(
        'insert into translation_comment (id, unit_id, text, author_id, created_at) values ($1, $2, $3, $4, now())',
        [newId(), id, JSON.stringify(text), by],
      );
      await this.changes.note(manager, asked, unit, 'comment', { comment: text });
    });
  }

  /**
   * Signs that a warning is no fault of this pair of texts.
   * @throws `request.invalid` where the checks say no such thing, or say that it is an error; `auth.forbidden`
   */
  waive(ask: Ask, id: string): Promise<Reply> {
    const body = shapeBody(NewUnitWaiver, ask.body);
    return this.act(ask, id, 'units', async (manager, asked, unit) => {
      const by = personOf(asked.actor).id;
      if (!mayReview(asked.actor, unit.row) && !mayWriteUnit(asked.actor, unit)) throw problem('auth.forbidden');
      const { check, message, language, excerpt = null, reason } = body;
      const found = (await this.checks.findings(manager, asked.actor, unit)).find(
        (one) => one.check === check && one.message === message && one.language === language && one.excerpt === excerpt,
      );
      if (found?.severity !== 'warning') throw invalid([{ pointer: '/check', code: 'invalid-value' }]);
      await insertWaiver(manager, unit, body, by);
      await this.changes.note(manager, asked, unit, 'waive', { check, message, excerpt, reason });
    });
  }

  /**
   * Asks the engine for a first text; it stays marked until a person approves it.
   * @throws `translation.no-engine`, `auth.forbidden`, `translation.claimed`, `translation.wrong-state` where there is a
   *   text already
   */
  async machine(ask: Ask, id: string): Promise<Reply> {
    const unit = await this.database.transaction(async (manager) => this.untranslated(manager, ask, id, 'none'));
    if (!this.engine.connected) throw problem('translation.no-engine');
    const { original } = textsOf(unit);
    const { language, originalHash } = unit.row;
    // Outside of any transaction: an engine takes its time.
    const text = await this.engine.translate({ text: original, from: otherLanguage(language), into: language });
    if (!text) throw problem('translation.no-engine');
    return this.act(withoutKey(ask), id, 'records', async (manager, asked) => {
      const now = await this.untranslated(manager, asked, id, 'records');
      await this.writer.apply(manager, asked, [{ unit: now, text, seen: originalHash! }], 'machine');
    });
  }

  private async untranslated(manager: EntityManager, ask: Ask, id: string, lock: Lock): Promise<OpenUnit> {
    const [unit] = await this.units.open(manager, ask.actor, [id], lock);
    const by = personOf(ask.actor).id;
    if (!mayWriteUnit(ask.actor, unit!)) throw problem('auth.forbidden');
    mustBeFree(unit!, by);
    if (!['missing', 'stale'].includes(unit!.row.standing)) throw wrongState(unit!.row);
    return unit!;
  }

  private act(ask: Ask, id: string, lock: Lock, step: UnitStep): Promise<Reply> {
    return runWrite(this.database, ask, async (manager) => {
      const [unit] = await this.units.open(manager, ask.actor, [id], lock);
      await step(manager, ask, unit!);
      return this.details.reply(manager, ask, id);
    });
  }
}

/** A step that takes no key: the text that it left is what keeps it from being done again. */
const withoutKey = ({ retry: _, ...ask }: Ask): Ask => ask;

const insertWaiver = async (
  manager: EntityManager,
  { row }: OpenUnit,
  { check, message, language, excerpt, reason }: NewUnitWaiver,
  by: string,
): Promise<void> => {
  const { zh, ru } = fingerprintsOf(row);
  await manager.query(
    `insert into translation_waiver (id, record_id, field, "check", message, language, excerpt, zh_hash, ru_hash, reason,
       author_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, decode($8, 'hex'), decode($9, 'hex'), $10, $11, now())`,
    [newId(), row.recordId, row.field, check, message, language, excerpt ?? '', zh, ru, JSON.stringify(reason), by],
  );
};
