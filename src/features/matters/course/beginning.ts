import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { PROPOSAL_KINDS } from '../../../kernel/matter-workflow.js';
import { pointerTo, problem } from '../../../kernel/problems.js';
import { type Body, isObject } from '../../../resource/body.js';
import { Cursors } from '../../../resource/cursor.js';
import { pageAnswer, pageAsk } from '../../../resource/paging.js';
import { readContext, scopeOf } from '../../../resource/scope.js';
import type { Store } from '../../../resource/store.js';
import { Stores } from '../../../resource/stores.js';
import { matterSpec } from '../matter.resource.js';
import { AgendaPlacing } from './agenda-placing.js';
import { stepRows } from './chain.js';
import { placeOf } from './matter-facts.js';
import { MatterNews } from './news.js';
import { lying, Scenes } from './scene.js';
import { beginChain } from './step-writer.js';

/** Members that a draft says freely, and that only the course of the matter changes from its publication on. */
const COURSE_MEMBERS = ['kind', 'raisedBy', 'addressedTo', 'addressedToMechanism', 'dueOn'] as const;

/** Where the course of a matter begins: its publication; and what people may still write into it afterwards. */
@Injectable()
export class Beginning {
  private readonly matters: Store;

  constructor(
    stores: Stores,
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly scenes: Scenes,
    private readonly agenda: AgendaPlacing,
    private readonly news: MatterNews,
  ) {
    this.matters = stores.of(matterSpec);
  }

  /**
   * Publishes a matter: it is raised, has a day by which it is answered, and whoever must answer is told.
   * What is put to a body above or outside has no day but the one that was stated.
   */
  publish(ask: Ask, id: string): Promise<Reply> {
    return this.matters.publish(ask, id, async (manager, { body }) => {
      const { matter, ladder } = await this.scenes.open(manager, ask, id, {});
      const [place, side] = [placeOf(matter), (matter.addressee ?? matter.origin)?.side ?? null];
      const isBound = matter.dueOn !== null || !PROPOSAL_KINDS.includes(matter.kind);
      const due = isBound ? ladder.deadline(place, side, matter.dueOn) : undefined;
      await beginChain(manager, matter, ladder);
      await this.agenda.place(manager, matter, ladder);
      const told = ladder.holders(matter).map((party) => party.id);
      await this.news.tell(manager, 'matter.referred', matter, told, { by: ask.actor, dueOn: due?.on ?? null });
      const removal = matter.kind === 'obstacle' ? { removal: 'open' } : {};
      return {
        ...body,
        standsAt: lying(place, ladder).standsAt,
        ...(due && { dueOn: due.on, dueBasis: due.basis }),
        ...removal,
      };
    });
  }

  /**
   * Changes a matter as any other record, but for what its course decides once it is published.
   * @throws `matter.course-decides` with the members, and those of every change
   */
  async update(ask: Ask, id: string): Promise<Reply> {
    const named = isObject(ask.body) ? COURSE_MEMBERS.filter((name) => name in (ask.body as Body)) : [];
    const settled = named.length > 0 ? await this.settled(id, named) : [];
    if (settled.length > 0) await this.mustLeaveAlone(ask, id, settled);
    return this.matters.update(ask, id);
  }

  /** The steps of a matter, in their order, as far as the asker may see them. */
  async steps(ask: Ask, id: string): Promise<Reply> {
    await this.matters.mustSee(ask, id);
    const page = pageAsk(ask, this.cursors, ['matter-steps', id]);
    const scope = scopeOf(ask.actor);
    const n = scope.parameters.length;
    const text = stepRows(readContext(scope, ask.choice, ask.fallback), [`$${n + 1}`, `$${n + 2}`, `$${n + 3}`]);
    const rows = await this.database.rows({
      text,
      values: [...scope.parameters, id, page.after ?? '0', page.limit + 1],
    });
    return pageAnswer(
      ask,
      this.cursors,
      page,
      rows.map(([number, json]) => ({ id: number!, json: json! })),
    );
  }

  /** Members of those named that the course has in hand: of a published matter, but for a day that nobody has set. */
  private async settled(id: string, named: readonly string[]): Promise<string[]> {
    const text = `select due_on is null from matter where id = $1::uuid and state = 'published'`;
    const [row] = await this.database.rows({ text, values: [id] });
    if (!row) return [];
    return named.filter((name) => name !== 'dueOn' || row[0] !== 't');
  }

  private async mustLeaveAlone(ask: Ask, id: string, settled: readonly string[]): Promise<void> {
    await this.matters.mustSee(ask, id);
    const errors = settled.map((name) => ({ pointer: pointerTo('', name), code: 'not-yours-to-write' as const }));
    throw problem('matter.course-decides', { errors });
  }
}
