import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { type AgendaLine, type AgendaState, placesOf, totalMinutes } from '../../../kernel/agenda-workflow.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { LANGUAGES } from '../../../kernel/languages.js';
import type { Confirmation } from '../../../kernel/meeting-workflow.js';
import { jsonReply } from '../../../resource/reply.js';
import { readContext, scopeOf } from '../../../resource/scope.js';
import type { Store } from '../../../resource/store.js';
import { Stores } from '../../../resource/stores.js';
import { recordList } from '../../../resource/view.js';
import { treeOrder } from '../agenda-order.js';
import { meetingSpec } from '../meeting.resource.js';
import { readSidesOfMeeting } from '../workflow/participants.js';
import { sideStandings } from '../workflow/standing.js';
import { REVISION_SQL } from './meeting-agenda.js';

type Item = Record<string, unknown> & {
  id: string;
  status: AgendaState;
  parent: { id: string } | null;
  durationMinutes: number | null;
  languages: Record<string, { state: string }>;
};

type Meeting = { startsAt: string | null; endsAt: string | null; agendaFrozenAt: string | null };

const SHOWN = [
  ...['id', 'version', 'parent', 'position', 'title', 'summary', 'status', 'durationMinutes', 'audience'],
  ...['owner', 'proposedBy', 'document', 'answers', 'marks', 'deferredFrom', 'deferredTo', 'reviewOf'],
];

const lineOf = ({ id, parent, status, durationMinutes }: Item): AgendaLine => ({
  id,
  parent: parent?.id ?? null,
  state: status,
  durationMinutes,
});

const minutesBetween = ({ startsAt, endsAt }: Meeting): number | null =>
  startsAt && endsAt ? Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000) : null;

/** Agendas as those who read them see them. */
@Injectable()
export class AgendaReader {
  private readonly meetings: Store;

  constructor(
    stores: Stores,
    private readonly database: Database,
  ) {
    this.meetings = stores.of(meetingSpec);
  }

  /**
   * The published items of a meeting that the asker may see, from top to bottom, with what the sides said to them.
   * @throws `resource.not-found`
   */
  async agenda(ask: Ask, id: string): Promise<Reply> {
    const record = await this.meetings.get(ask, id);
    const meeting = JSON.parse(record.body.toString()) as Meeting & { agendaConfirmations: Confirmation[] };
    const { items, revision } = await this.items(ask, id);
    const lines = items.map(lineOf);
    const places = placesOf(lines);
    const sides = await readSidesOfMeeting(this.database, id);
    const answer = {
      revision,
      frozenAt: meeting.agendaFrozenAt,
      sides: sideStandings(meeting.agendaConfirmations, sides),
      totalMinutes: totalMinutes(lines),
      acceptedMinutes: totalMinutes(lines, ['accepted', 'discussed']),
      availableMinutes: minutesBetween(meeting),
      items: items.map((item) => ({
        ...Object.fromEntries(SHOWN.map((name) => [name, item[name]])),
        ...places.get(item.id),
        lacks: LANGUAGES.filter((language) => item.languages[language]?.state === 'missing'),
      })),
    };
    return jsonReply(JSON.stringify(answer), ask.choice);
  }

  private async items(ask: Ask, id: string): Promise<{ items: Item[]; revision: string }> {
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const place = `$${scope.parameters.length + 1}::uuid`;
    const isShown = (item: string) => `${item}.meeting_id = ${place} and ${item}.state = 'published'`;
    const text = `select ${recordList(read, 'agenda-item', isShown, treeOrder, true)}::text,
      ${REVISION_SQL.replace('$1::uuid', place)}`;
    const [row] = await this.database.rows({ text, values: [...scope.parameters, id] });
    return { items: JSON.parse(row![0]!) as Item[], revision: row![1]! };
  }
}
