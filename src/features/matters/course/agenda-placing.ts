import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SYSTEM } from '../../../kernel/actor.js';
import { LANGUAGES } from '../../../kernel/languages.js';
import { resourceOf } from '../../../resource/spec.js';
import { Stores } from '../../../resource/stores.js';
import type { Ladder } from './ladder.js';
import { type MatterFacts, placeOf } from './matter-facts.js';
import { lackingIn, MatterNews } from './news.js';
import { addStep } from './step-writer.js';

/** Statuses in which a matter waits for the leaders. */
const WAITING: ReadonlySet<string> = new Set(['open', 'escalated', 'accepted', 'returned']);

/** The next meeting of a mechanism whose agenda is still open; one without a day comes after those that have one. */
const NEXT_MEETING = `select g.id from meeting g,
    lateral (select coalesce(g.held_on, (g.starts_at at time zone coalesce(g.time_zone, 'Asia/Shanghai'))::date, 'infinity') as day) held
  where g.mechanism_id = $1 and g.state <> 'withdrawn' and g.status in ('draft', 'proposed', 'confirmed')
    and g.agenda_frozen_at is null and held.day >= $2::date
  order by held.day, g.created_at, g.id limit 1`;

/** Puts matters that have come to both sides' leaders on the agenda of their next meeting. */
@Injectable()
export class AgendaPlacing {
  constructor(
    private readonly stores: Stores,
    private readonly news: MatterNews,
  ) {}

  /**
   * Puts a locked matter on the next agenda, once for each meeting; where no meeting is ahead the chain says so, once.
   * Does nothing for a matter that lies elsewhere or stands on an agenda already.
   */
  async place(manager: EntityManager, matter: MatterFacts, ladder: Ladder): Promise<void> {
    const leaders = ladder.mechanism(matter.mechanismId);
    if (leaders?.kind !== 'leaders-meeting' || !WAITING.has(matter.status)) return;
    if (matter.meetingsAhead.length > 0) return;
    const rows = (await manager.query(NEXT_MEETING, [leaders.id, ladder.today])) as { id: string }[];
    const meeting = rows[0]?.id;
    if (meeting === undefined) await this.tellOfNone(manager, matter, ladder);
    else await this.put(manager, matter, ladder, meeting);
  }

  private async put(manager: EntityManager, matter: MatterFacts, ladder: Ladder, meeting: string): Promise<void> {
    const occasion = `agenda/${meeting}`;
    const [known] = (await manager.query('select 1 from matter_step where matter_id = $1 and occasion = $2', [
      matter.id,
      occasion,
    ])) as unknown[];
    // Its item was declined or taken back: nobody is asked the same question of the same meeting twice.
    if (known) return;
    const agendaItem = await this.issueItem(manager, matter, meeting);
    const step = {
      kind: 'put-on-agenda',
      cause: 'rule',
      from: placeOf(matter),
      meeting,
      agendaItem,
      occasion,
    } as const;
    await addStep(manager, matter, ladder, step);
  }

  /** The agenda item, in the languages that the matter has; translators are asked for the other one. */
  private async issueItem(manager: EntityManager, matter: MatterFacts, meeting: string): Promise<string> {
    const [{ position }] = (await manager.query(
      'select coalesce(max(position), 0) + 1 as position from agenda_item where meeting_id = $1 and parent_id is null',
      [meeting],
    )) as [{ position: number }];
    const { title, summary, sourceLanguage, audience, origin, ownerId } = matter;
    const item = {
      ...{ meeting: { id: meeting }, position, title, sourceLanguage },
      // What the leaders will discuss is told to partners, whoever may know of the matter.
      audience: audience === 'public' ? 'partners' : audience,
      ...(Object.keys(summary).length > 0 && { summary }),
      ...(origin && { proposedBy: { id: origin.id } }),
      ...(ownerId !== null && { owner: { id: ownerId } }),
    };
    const items = this.stores.of(resourceOf('agenda-item'));
    const id = await items.addIn(manager, { actor: SYSTEM }, item, 'published');
    await this.news.askForTexts(
      manager,
      { resource: 'agenda-item', id },
      title,
      lackingIn([title, summary], LANGUAGES),
    );
    return id;
  }

  private async tellOfNone(manager: EntityManager, matter: MatterFacts, ladder: Ladder): Promise<void> {
    const [known] = (await manager.query(
      `select 1 from matter_step where matter_id = $1 and kind = 'not-on-agenda' and number > $2`,
      [matter.id, matter.lastMove],
    )) as unknown[];
    if (known) return;
    const step = { kind: 'not-on-agenda', cause: 'rule', from: placeOf(matter), why: 'no-meeting' } as const;
    await addStep(manager, matter, ladder, step);
  }
}
