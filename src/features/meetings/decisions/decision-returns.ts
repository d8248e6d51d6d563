import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Texts } from '../../../infra/i18n/texts.js';
import { AUDIENCES, type Audience } from '../../../kernel/access.js';
import { SYSTEM } from '../../../kernel/actor.js';
import type { Origin } from '../../../kernel/exchange.js';
import { LANGUAGES, type LanguageMap } from '../../../kernel/languages.js';
import { resourceOf } from '../../../resource/spec.js';
import { Stores } from '../../../resource/stores.js';
import { lockMeeting } from '../minutes/minutes-state.js';
import { stateSql } from './decision-standing.js';
import { TOOK_PLACE } from './mechanism-decisions.js';

/** Longest title of an agenda item; the words before the decision's own text are short. */
const LONGEST_TEXT = 440;

type Next = { id: string; state: 'draft' | 'published'; audience: Audience; owner: string | null };
type Open = { id: string; number: string | null; audience: Audience; zh: string | null; ru: string | null };

/**
 * Brings open decisions back: each becomes an item of the next meeting's agenda, in both languages, once a meeting,
 * until it is done or dropped.
 */
@Injectable()
export class DecisionReturns {
  constructor(
    private readonly stores: Stores,
    private readonly texts: Texts,
  ) {}

  /** Puts on the agenda of the mechanism's next meeting what is open and does not stand there yet. */
  async bringBack(manager: EntityManager, mechanism: string, origin: Origin | undefined): Promise<void> {
    const next = await nextMeeting(manager, mechanism);
    if (!next) return;
    // Of two changes at once the second finds what the first has put there.
    await lockMeeting(manager, next.id);
    const items = this.stores.of(resourceOf('agenda-item'));
    for (const decision of await openDecisions(manager, mechanism, next)) {
      const cause = { actor: SYSTEM, ...(origin && { origin }) };
      const body = { ...(await itemOf(manager, next, decision)), title: this.titleOf(decision) };
      const item = await items.addIn(manager, cause, body, next.state);
      await manager.query('insert into decision_review (decision_id, meeting_id, agenda_item_id) values ($1, $2, $3)', [
        decision.id,
        next.id,
        item,
      ]);
    }
  }

  private titleOf({ number, ...decision }: Open): LanguageMap {
    const said = LANGUAGES.flatMap((language) => {
      const text = decision[language];
      if (text === null) return [];
      const key = number === null ? 'unnumbered' : 'numbered';
      return [[language, this.texts.t(language, `minutes:review.${key}`, { number, text: shortened(text) })]];
    });
    return Object.fromEntries(said) as LanguageMap;
  }
}

const shortened = (text: string): string => {
  const letters = [...text.replace(/\s*\n\s*/g, ' ').trim()];
  return letters.length > LONGEST_TEXT ? `${letters.slice(0, LONGEST_TEXT - 1).join('')}…` : letters.join('');
};

/** The next meeting that is being prepared: proposed or confirmed, and not yet held. */
const nextMeeting = async (manager: EntityManager, mechanism: string): Promise<Next | undefined> => {
  const [row] = (await manager.query(
    `select m.id, m.state, m.audience, m.owner_id as owner from meeting m
      where m.mechanism_id = $1 and m.state <> 'withdrawn' and m.status in ('proposed', 'confirmed')
      order by coalesce(m.starts_at, m.held_on) nulls last, m.number_in_series nulls last, m.id limit 1`,
    [mechanism],
  )) as Next[];
  return row;
};

/** Open decisions that do not come back to that meeting yet; one that is a side's own only to a meeting of its owner. */
const openDecisions = (manager: EntityManager, mechanism: string, next: Next): Promise<Open[]> =>
  manager.query(
    `select d.id, d.number, d.audience, d.text_zh as zh, d.text_ru as ru
      from decision d join meeting m on m.id = d.meeting_id
      where m.mechanism_id = $1 and m.id <> $2 and m.status in ${TOOK_PLACE} and d.state = 'published'
        and (d.audience in ('public', 'partners') or d.owner_id = $3) and ${stateSql('d')} = 'open'
        and not exists (select 1 from decision_review r where r.decision_id = d.id and r.meeting_id = $2)
      order by m.number_in_series nulls first, d.created_at, d.id`,
    [mechanism, next.id, next.owner],
  ) as Promise<Open[]>;

const itemOf = async (manager: EntityManager, next: Next, { audience }: Open) => {
  const [row] = (await manager.query(
    'select coalesce(max(position), 0) + 1 as next from agenda_item where meeting_id = $1 and parent_id is null',
    [next.id],
  )) as { next: number }[];
  const narrower = AUDIENCES[Math.max(AUDIENCES.indexOf(audience), AUDIENCES.indexOf(next.audience))];
  return {
    meeting: { id: next.id },
    position: row!.next,
    audience: narrower,
    sourceLanguage: 'both',
    verbatim: false,
    status: 'accepted',
    ...(next.owner && { owner: { id: next.owner } }),
  };
};
