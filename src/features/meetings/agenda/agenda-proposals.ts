import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../../infra/database/database.js';
import { can } from '../../../kernel/access.js';
import { type Actor, organizationOf, sideOf } from '../../../kernel/actor.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { LANGUAGES, type LanguageMap } from '../../../kernel/languages.js';
import { problem } from '../../../kernel/problems.js';
import type { Body } from '../../../resource/body.js';
import { mustFitInside } from '../../../resource/inside.js';
import { mustSeeReferences } from '../../../resource/references.js';
import { shapeBody } from '../../../resource/shape-body.js';
import type { Store } from '../../../resource/store.js';
import { Stores } from '../../../resource/stores.js';
import { runWrite } from '../../../resource/writes.js';
import { agendaItemSpec } from '../agenda-item.resource.js';
import { meetingSpec } from '../meeting.resource.js';
import { sidesOfMeeting } from '../workflow/participants.js';
import { AgendaRules } from './agenda-rules.js';
import { AgendaProposal } from './agenda-shapes.js';
import { nextPosition } from './meeting-agenda.js';

/** Statuses of meetings that questions can still be put to. */
const OPEN: readonly unknown[] = ['draft', 'proposed', 'confirmed', 'postponed'];

/** Takes the questions that either side puts to a meeting. */
@Injectable()
export class AgendaProposals {
  private readonly meetings: Store;
  private readonly items: Store;

  constructor(
    stores: Stores,
    rules: AgendaRules,
    private readonly database: Database,
  ) {
    this.meetings = stores.of(meetingSpec);
    this.items = stores.of(agendaItemSpec, rules);
  }

  /**
   * Puts a question to a meeting that the asker sees, whoever owns the meeting; the item belongs to whoever proposes.
   * @throws `resource.not-found`, `auth.forbidden` for those whose side takes no part, `meeting.wrong-status`,
   *   `request.invalid`, `resource.reference-unseen` for what lies in another meeting
   */
  propose(ask: Ask, meeting: string): Promise<Reply> {
    const proposal = shapeBody(AgendaProposal, ask.body);
    return runWrite(this.database, ask, async (manager) => {
      const { body } = await this.meetings.seenIn(manager, ask, meeting);
      await mustTakePart(manager, ask.actor, meeting);
      if (!OPEN.includes(body.status))
        throw problem('meeting.wrong-status', { values: { state: String(body.status) } });
      const item = await itemOf(manager, ask.actor, meeting, proposal);
      await mustSeeReferences(manager, agendaItemSpec, ask.actor, item);
      await mustFitInside(manager, agendaItemSpec, ask.actor, item);
      const id = await this.items.addIn(manager, ask, item, 'published');
      const reply = await this.items.replyIn(manager, ask, id);
      return { ...reply, status: 201, location: `/api/v1/agenda-items/${id}` };
    });
  }
}

/** Whose side takes part, and who could own the item. */
const mustTakePart = async (manager: EntityManager, actor: Actor, meeting: string): Promise<void> => {
  const [ownerId, ownerSide] = [organizationOf(actor), sideOf(actor)];
  const facts = { state: 'draft', audience: 'partners', ownerId, ownerSide } as const;
  const takesPart = ownerSide !== null && (await sidesOfMeeting(manager, meeting)).includes(ownerSide);
  if (!takesPart || !can(actor, 'create', 'agenda-item', facts)) throw problem('auth.forbidden');
};

const itemOf = async (
  manager: EntityManager,
  actor: Actor,
  meeting: string,
  proposal: AgendaProposal,
): Promise<Body> => {
  const organization = { id: organizationOf(actor)! };
  const position = proposal.position ?? (await nextPosition(manager, meeting, proposal.parent?.id));
  return {
    ...proposal,
    position,
    sourceLanguage: proposal.sourceLanguage ?? sourceOf(proposal.title, actor),
    meeting: { id: meeting },
    status: 'proposed',
    owner: organization,
    proposedBy: organization,
  };
};

/** The one language that a question is put in; of two, that of the side that puts it. */
const sourceOf = (title: LanguageMap, actor: Actor): 'zh' | 'ru' => {
  const said = LANGUAGES.filter((language) => title[language] != null);
  if (said.length === 1) return said[0]!;
  return sideOf(actor) === 'ru' ? 'ru' : 'zh';
};
