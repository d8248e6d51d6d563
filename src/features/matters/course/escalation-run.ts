import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../../infra/database/database.js';
import { SYSTEM } from '../../../kernel/actor.js';
import {
  isOverdueReason,
  type LadderFacts,
  type StayReason,
  type Verdict,
  verdictOn,
} from '../../../kernel/matter-ladder.js';
import { WorkingCalendars } from '../../../platform/calendars/working-calendars.js';
import { once } from '../../../platform/jobs/job-effects.js';
import type { Store } from '../../../resource/store.js';
import { Stores } from '../../../resource/stores.js';
import { matterSpec } from '../matter.resource.js';
import { Climbing } from './climbing.js';
import { Ladder, type LadderStep } from './ladder.js';
import { type MatterFacts, placeOf, readFacts } from './matter-facts.js';
import { MatterNews } from './news.js';
import { addStep, beginChain } from './step-writer.js';
import { deadlineDay } from './today.js';

/** What the rule says of one matter. */
export type Judged = { matter: MatterFacts; verdict: Verdict<LadderStep> };

/** Matters that are looked at in one run: those due first. */
const MOST = 2_000;

const OPEN = `select id from matter where state = 'published' and status not in ('closed', 'withdrawn')
  order by due_on nulls last, id limit ${MOST}`;

/** What the rule needs to know, of a matter and its ladder. */
const ladderFacts = (matter: MatterFacts, ladder: Ladder): LadderFacts => {
  const above = ladder.above(matter);
  const { kind, status, dueOn, heldUntil } = matter;
  const isOnAgenda = matter.meetingsAhead.length > 0;
  return {
    kind,
    status,
    dueOn,
    heldUntil,
    isOnAgenda,
    next: above === undefined ? 'no-mechanism' : (above[0] ?? null),
  };
};

const judge = (matter: MatterFacts, ladder: Ladder): Judged => ({
  matter,
  verdict: verdictOn(ladderFacts(matter, ladder), ladder.today) as Verdict<LadderStep>,
});

/** Applies the rule of escalation to all open matters, or only says what it would do. */
@Injectable()
export class EscalationRun {
  private readonly matters: Store;

  constructor(
    stores: Stores,
    private readonly database: Database,
    private readonly calendars: WorkingCalendars,
    private readonly climbing: Climbing,
    private readonly news: MatterNews,
  ) {
    this.matters = stores.of(matterSpec);
  }

  /**
   * What the rule says of every open matter; nothing is written.
   * @param today the day as of which it is asked
   */
  preview(today = deadlineDay()): Promise<Judged[]> {
    return this.database.transaction(async (manager) => {
      const ladder = await Ladder.read(manager, this.calendars.all, today);
      const matters = await readFacts(manager, await openIds(manager), today);
      return matters.map((matter) => judge(matter, ladder));
    });
  }

  /**
   * Does what the rule says, each matter in a transaction of its own; one that another run has in hand is left to it.
   * @returns what was done, and why the others stayed
   */
  async run(): Promise<Judged[]> {
    const ids = await this.database.transaction(openIds);
    const judged: Judged[] = [];
    for (const id of ids) judged.push(...(await this.database.transaction((manager) => this.treat(manager, id))));
    return judged;
  }

  private async treat(manager: EntityManager, id: string): Promise<Judged[]> {
    const mine = (await manager.query('select 1 from matter where id = $1 for no key update skip locked', [
      id,
    ])) as unknown[];
    if (mine.length === 0) return [];
    const ladder = await Ladder.read(manager, this.calendars.all, deadlineDay());
    const [matter] = await readFacts(manager, [id], ladder.today);
    const judged = judge(matter!, ladder);
    await beginChain(manager, matter!, ladder);
    if (judged.verdict.climbs) await this.climb(manager, matter!, ladder, judged.verdict.to);
    else await this.stay(manager, matter!, ladder, judged.verdict.reason);
    return [judged];
  }

  private async climb(manager: EntityManager, matter: MatterFacts, ladder: Ladder, to: LadderStep): Promise<void> {
    const stored = (await this.matters.lockedIn(manager, matter.id))!;
    await this.tellOfBreach(manager, matter, ladder);
    // The rule takes a matter up once from each step; the index on occasions holds where all else fails.
    const step = { cause: 'rule' as const, occasion: `climbs/${matter.lastMove}` };
    const risen = await this.climbing.climb({ manager, matter, ladder }, to, step, { by: SYSTEM, dueOn: null });
    await this.matters.amendIn(manager, { actor: SYSTEM }, stored, { ...stored.body, ...risen });
  }

  /** Why a matter stayed is told when it is told first, and when the reason has changed since. */
  private async stay(manager: EntityManager, matter: MatterFacts, ladder: Ladder, why: StayReason): Promise<void> {
    if (isOverdueReason(why)) await this.tellOfBreach(manager, matter, ladder);
    await this.climbing.wait(manager, matter, ladder);
    const { lastStay, lastMove } = matter;
    if (lastStay && lastStay.why === why && lastStay.number > lastMove) return;
    await addStep(manager, matter, ladder, { kind: 'not-escalated', cause: 'rule', from: placeOf(matter), why });
  }

  private async tellOfBreach(manager: EntityManager, matter: MatterFacts, ladder: Ladder): Promise<void> {
    await once(manager, `matter-breach/${matter.id}/${matter.dueOn}`, async () => {
      const told = [...ladder.holders(matter), ...(matter.origin ? [matter.origin] : [])].map(({ id }) => id);
      await this.news.tell(manager, 'matter.deadline-breached', matter, told, { dueOn: matter.dueOn });
    });
  }
}

const openIds = async (manager: EntityManager): Promise<string[]> =>
  ((await manager.query(OPEN)) as { id: string }[]).map(({ id }) => id);
