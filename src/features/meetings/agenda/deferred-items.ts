import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SYSTEM } from '../../../kernel/actor.js';
import type { Origin } from '../../../kernel/exchange.js';
import type { Store } from '../../../resource/store.js';
import { Stores } from '../../../resource/stores.js';
import { agendaItemSpec } from '../agenda-item.resource.js';
import { AgendaRules } from './agenda-rules.js';
import { nextPosition } from './meeting-agenda.js';

/** When a meeting takes place, as far as it is known, behind an alias. */
const timeOf = (meeting: string): string => `coalesce(${meeting}.starts_at, ${meeting}.held_on::timestamptz)`;

/** The first meeting of the series after another one that is still to come; drafts without a day count as later. */
const NEXT_MEETING = `select coming.id from meeting coming join meeting past on past.id = $1
  where coming.mechanism_id = past.mechanism_id and coming.id <> past.id and coming.state = 'published'
    and coming.status in ('draft', 'proposed', 'confirmed')
    and (${timeOf('coming')} > ${timeOf('past')} or ${timeOf('coming')} is null or ${timeOf('past')} is null)
    and (coming.number_in_series > past.number_in_series or coming.number_in_series is null or past.number_in_series is null)
  order by ${timeOf('coming')} nulls last, coming.number_in_series nulls last, coming.created_at, coming.id limit 1`;

/** Items that were put off and stand on no later agenda yet. */
const WAITING = `select item.id, item.meeting_id as meeting from agenda_item item join meeting held on held.id = item.meeting_id
  where held.mechanism_id = $1 and item.status = 'deferred' and item.state = 'published'
    and not exists (select 1 from agenda_item later where later.deferred_from_id = item.id)
  order by ${timeOf('held')} nulls last, held.id, item.position, item.id`;

/** What was said of the translation of a text holds for the same text in another record. */
const SAME_TRANSLATIONS = `update translation t set origin = o.origin, state = o.state, source_hash = o.source_hash,
    author_id = o.author_id, approver_id = o.approver_id
  from translation o where t.record_id = $1 and o.record_id = $2 and o.field = t.field and o.language = t.language`;

/** Takes what a meeting put off to the next one of its series. */
@Injectable()
export class DeferredItems {
  private readonly items: Store;

  constructor(stores: Stores, rules: AgendaRules) {
    this.items = stores.of(agendaItemSpec, rules);
  }

  /**
   * Puts every waiting item of a mechanism on the agenda of the next meeting, each once however often this is called;
   * without a next meeting they go on waiting. The portal does it by itself, so it stands in the trail as its deed.
   */
  async travel(manager: EntityManager, mechanism: string, origin?: Origin): Promise<void> {
    await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`deferred/${mechanism}`]);
    const waiting = (await manager.query(WAITING, [mechanism])) as { id: string; meeting: string }[];
    for (const { id, meeting } of waiting) {
      const [next] = (await manager.query(NEXT_MEETING, [meeting])) as { id: string }[];
      if (next) await this.copy(manager, id, next.id, origin);
    }
  }

  private async copy(manager: EntityManager, id: string, meeting: string, origin?: Origin): Promise<void> {
    const item = (await this.items.lockedIn(manager, id))!;
    const { answers: _answers, marks: _marks, parent: _parent, ...said } = item.body;
    const position = await nextPosition(manager, meeting);
    const body = { ...said, status: 'proposed', meeting: { id: meeting }, position, deferredFrom: { id } };
    const cause = { actor: SYSTEM, ...(origin && { origin }) };
    const copy = await this.items.addIn(manager, cause, body, 'published');
    await manager.query(SAME_TRANSLATIONS, [copy, id]);
  }
}
