import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../../infra/database/database.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { isId } from '../../../kernel/ids.js';
import { Problem, problem } from '../../../kernel/problems.js';
import { jsonReply } from '../../../resource/reply.js';
import { runWrite } from '../../../resource/writes.js';
import { UnitChecks } from '../unit-checks.js';
import { UnitSteps } from '../unit-steps.js';
import { UnitWriter } from '../unit-writer.js';
import { type OpenUnit, personOf, Units } from '../units.js';
import { type ExchangeContent, type MemoryPair, MOST_UNITS, type ReturnedUnit } from './exchange-file.js';
import type { ImportedUnit, ImportReport } from './import-shapes.js';
import { judge, type Refusal, type Verdict } from './judge.js';
import { fillingsOf } from './memory-filling.js';
import { readExchangeFile } from './reading.js';

/** Pairs of one memory: many more than units, since most of them fill nothing. */
const MOST_PAIRS = 10_000;

/** One unit of a file on its way through the import. */
type Item = {
  place: number;
  id: string;
  unit: OpenUnit | undefined;
  verdict: Verdict;
  /** Whether a written text is handed on as well. */
  reviewed: boolean;
  reason?: Refusal;
  state?: string;
  findings: ImportedUnit['findings'];
};

type WrittenItem = Item & { unit: OpenUnit; verdict: { write: string } };

/** Undoes a transaction whose outcome is wanted all the same. */
class Undone extends Error {
  constructor(readonly report: ImportReport) {
    super('undone');
  }
}

/** Brings translations back from files: all units of a file or none (hardening A13). */
@Injectable()
export class TranslationImport {
  constructor(
    private readonly database: Database,
    private readonly units: Units,
    private readonly writer: UnitWriter,
    private readonly checks: UnitChecks,
    private readonly steps: UnitSteps,
  ) {}

  /**
   * Imports a file, or says what importing it would do.
   * @throws `auth.forbidden`, `request.body-required`, `request.invalid-parameter`, those of `readExchangeFile`,
   *   `exchange.too-many`, and `exchange.refused` with the report where a unit is refused
   */
  async run(ask: Ask): Promise<Reply> {
    personOf(ask.actor);
    const dryRun = dryRunOf(ask);
    if (!ask.file) throw problem('request.body-required');
    const content = readExchangeFile(ask.file);
    mustBeFew(content);
    try {
      return await this.attempt(ask, content, dryRun);
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
      const { report } = error;
      if (!dryRun) throw problem('exchange.refused', { extensions: { report } });
      return jsonReply(JSON.stringify(report), ask.choice);
    }
  }

  /**
   * A dry run is the run itself, undone: nothing else would know what the record's own rules say.
   * @throws Undone after a dry run, and where a unit is refused
   */
  private attempt(ask: Ask, content: ExchangeContent, dryRun: boolean): Promise<Reply> {
    return runWrite(this.database, ask, async (manager) => {
      const report = reportOf(dryRun, await this.carryOut(manager, ask, content));
      if (dryRun || report.counts.refused > 0) throw new Undone(report);
      return jsonReply(JSON.stringify(report), ask.choice);
    });
  }

  private async carryOut(manager: EntityManager, ask: Ask, content: ExchangeContent): Promise<Item[]> {
    const items =
      content.kind === 'units'
        ? await this.judged(manager, ask, content.units)
        : await this.filled(manager, ask, content.pairs);
    await this.write(manager, ask, items.filter(isWritten));
    await this.followUp(manager, ask, items);
    return items;
  }

  private async judged(manager: EntityManager, ask: Ask, returned: readonly ReturnedUnit[]): Promise<Item[]> {
    const ids = [...new Set(returned.map(({ id }) => id).filter(isId))];
    const open = await this.units.openSeen(manager, ask.actor, ids, 'records');
    const byId = new Map(open.map((unit) => [unit.row.id, unit]));
    const seen = new Set<string>();
    return returned.map((one, n): Item => {
      const unit = byId.get(one.id);
      const verdict: Verdict = seen.has(one.id) ? { refused: 'repeated-unit' } : judge(ask.actor, one, unit);
      seen.add(one.id);
      return { place: n + 1, id: one.id, unit, verdict, reviewed: one.reviewed, findings: [] };
    });
  }

  /** A memory that knows several translations of one original leaves the choice to people. */
  private async filled(manager: EntityManager, ask: Ask, pairs: readonly MemoryPair[]): Promise<Item[]> {
    const fillings = await fillingsOf(manager, ask.actor, this.units, pairs);
    return fillings.map(({ unit, place, texts }): Item => {
      const common = { place, id: unit.row.id, unit, reviewed: false, findings: [] };
      return texts.length === 1
        ? { ...common, verdict: { write: texts[0]! } }
        : { ...common, verdict: 'unchanged', reason: 'ambiguous' };
    });
  }

  /** Record by record, so that a text that its record refuses is found without giving up the others. */
  private async write(manager: EntityManager, ask: Ask, items: readonly WrittenItem[]): Promise<void> {
    for (const group of byRecord(items)) {
      const texts = group.map(({ unit, verdict }) => ({ unit, text: verdict.write, seen: unit.row.originalHash! }));
      try {
        await this.writer.apply(manager, ask, texts, 'import');
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'request.invalid') throw error;
        refuseFaulty(group, error);
      }
    }
  }

  /** What the checks say of the pairs as they are now, and the hand-over of those that were looked at. */
  private async followUp(manager: EntityManager, ask: Ask, items: readonly Item[]): Promise<void> {
    const touched = items.filter((item) => isWritten(item) || item.verdict === 'submit');
    const open = await this.units.openSeen(
      manager,
      ask.actor,
      touched.map(({ id }) => id),
    );
    const byId = new Map(open.map((unit) => [unit.row.id, unit]));
    for (const item of touched) {
      const unit = byId.get(item.id)!;
      item.state = unit.row.standing;
      item.findings = await this.checks.findings(manager, ask.actor, unit);
      if (item.findings.some(({ check, severity }) => check === 'placeholders' && severity === 'error'))
        item.verdict = { refused: 'placeholder-lost' };
      else if (item.verdict === 'submit' || item.reviewed) {
        await this.steps.submit(manager, ask, unit);
        item.state = 'in-review';
      }
    }
  }
}

const dryRunOf = ({ parameters }: Ask): boolean => {
  const dryRun = parameters.get('dryRun') ?? 'false';
  if (dryRun === 'true' || dryRun === 'false') return dryRun === 'true';
  throw problem('request.invalid-parameter', { errors: [{ parameter: 'dryRun', code: 'invalid-value' }] });
};

const mustBeFew = (content: ExchangeContent): void => {
  const [count, max] =
    content.kind === 'units' ? [content.units.length, MOST_UNITS] : [content.pairs.length, MOST_PAIRS];
  if (count > max) throw problem('exchange.too-many', { values: { limit: max } });
};

const isWritten = (item: Item): item is WrittenItem =>
  item.unit !== undefined && typeof item.verdict === 'object' && 'write' in item.verdict;

const byRecord = (items: readonly WrittenItem[]): WrittenItem[][] => {
  const groups = new Map<string, WrittenItem[]>();
  for (const item of items) {
    const { recordId } = item.unit.row;
    groups.set(recordId, [...(groups.get(recordId) ?? []), item]);
  }
  return [...groups.values()];
};

/** The texts that the record named as faulty; all of them where it named none. */
const refuseFaulty = (group: readonly Item[], { options: { errors = [] } }: Problem): void => {
  const named = group.filter(({ unit }) => errors.some(({ pointer }) => pointer?.startsWith(`/${unit!.row.field}`)));
  for (const item of named.length > 0 ? named : group) item.verdict = { refused: 'invalid-text' };
};

const outcomeOf = ({ verdict }: Item): ImportedUnit['outcome'] => {
  if (verdict === 'unchanged') return 'unchanged';
  return typeof verdict === 'object' && 'refused' in verdict ? 'refused' : 'applied';
};

/** Longest id that the report repeats. */
const LONGEST_ID = 100;

const viewOf = (item: Item): ImportedUnit => ({
  place: item.place,
  unit: item.id.slice(0, LONGEST_ID) || null,
  outcome: outcomeOf(item),
  reason: typeof item.verdict === 'object' && 'refused' in item.verdict ? item.verdict.refused : (item.reason ?? null),
  state: item.state ?? item.unit?.row.standing ?? null,
  findings: item.findings,
});

const reportOf = (dryRun: boolean, items: readonly Item[]): ImportReport => {
  const units = items.map(viewOf);
  const count = (outcome: ImportedUnit['outcome']) => units.filter((unit) => unit.outcome === outcome).length;
  const counts = { applied: count('applied'), unchanged: count('unchanged'), refused: count('refused') };
  return { dryRun, counts, units };
};
