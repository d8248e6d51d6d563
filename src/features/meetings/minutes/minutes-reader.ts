import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../../infra/database/database.js';
import { type AccessFacts, can, capacitiesOf } from '../../../kernel/access.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { problem } from '../../../kernel/problems.js';
import { standingOf } from '../../../kernel/sign-off.js';
import { jsonReply } from '../../../resource/reply.js';
import { type ReadContext, readContext, scopeOf } from '../../../resource/scope.js';
import { resourceOf } from '../../../resource/spec.js';
import { Stores } from '../../../resource/stores.js';
import { languageMap, related, relatedList } from '../../../resource/view.js';
import { signOffOf } from './minutes-state.js';
import { contentSql, hashOf, sealsDecision, sealsItem } from './sealed-content.js';
import {
  type StandingOfMinutes,
  type StandingRead,
  sealsSql,
  standingOfMinutes,
  standingSql,
} from './standing-of-minutes.js';

/** Broken seals that are told; there may be any number of rounds. */
const MOST_BROKEN = 50;

type Facts = AccessFacts & { status: string };

/** Whether somebody takes part in the drafting of a meeting's minutes. */
export const worksOn = ({ actor }: Ask, facts: AccessFacts): boolean =>
  capacitiesOf(actor).has('coordinator') || can(actor, 'update', 'meeting', facts);

/** Reads the minutes of meetings: texts, standing and seals of one moment. */
@Injectable()
export class MinutesReader {
  constructor(
    private readonly database: Database,
    private readonly stores: Stores,
  ) {}

  /**
   * The minutes of a meeting in both languages, for those who work on them or may read an item of them.
   * @throws `resource.not-found` for everybody else
   */
  async get(ask: Ask, id: string): Promise<Reply> {
    await this.stores.of(resourceOf('meeting')).mustSee(ask, id);
    const { text, values } = statement(ask, id);
    const [row] = await this.database.rows({ text, values });
    return replyOf(ask, row?.[0]);
  }

  /** The same inside the transaction that has just changed them. */
  async replyIn(manager: EntityManager, ask: Ask, id: string): Promise<Reply> {
    const { text, values } = statement(ask, id);
    const [row] = (await manager.query(text, values)) as { minutes: string }[];
    return replyOf(ask, row?.minutes);
  }

  /**
   * How far the minutes of a meeting have come, whoever asks: what may be shown of it is for the caller to decide.
   * @returns nothing where there is no such meeting
   */
  async standing(meeting: string): Promise<StandingOfMinutes | undefined> {
    const text = `select (${standingSql('m')})::text from meeting m where m.id = $1`;
    const [row] = await this.database.rows({ text, values: [meeting] });
    return row && standingOfMinutes(JSON.parse(row[0]!) as StandingRead);
  }
}

type View = { meeting: unknown; items: unknown[]; decisions: unknown[]; versions: unknown[] };

const replyOf = (ask: Ask, json: string | null | undefined): Reply => {
  if (!json) throw problem('resource.not-found');
  const { view, content, facts, seals } = JSON.parse(json) as Omit<StandingRead, 'status'> & {
    view: View;
    facts: Facts;
  };
  if (view.items.length === 0 && !worksOn(ask, facts)) throw problem('resource.not-found');
  const hash = hashOf(content).toString('hex');
  const standing = seals.filter(({ brokenAt }) => brokenAt === null);
  const broken = seals.filter(({ brokenAt }) => brokenAt !== null).slice(0, MOST_BROKEN);
  const { meeting, ...parts } = view;
  const state = standingOf(signOffOf(standing, hash, facts.status));
  return jsonReply(JSON.stringify({ meeting, standing: state, hash, ...parts, seals: standing, broken }), ask.choice);
};

/** Everything of one moment in one statement: whoever signs has seen the texts that the hash stands for. */
const statement = (ask: Ask, id: string): { text: string; values: unknown[] } => {
  const scope = scopeOf(ask.actor);
  const read = readContext(scope, ask.choice, ask.fallback);
  const by = (column: string, alias: string) => related(read, 'organization', column, alias);
  const text = `select json_build_object('view', ${viewSql(read)}, 'content', ${contentSql('m')},
      'facts', json_build_object('status', m.status, 'state', m.state, 'audience', m.audience, 'ownerId', m.owner_id,
        'ownerSide', (select o.side from organization o where o.id = m.owner_id)),
      'seals', (${sealsSql('m', by('s.organization_id', 'sealer'), by('s.broken_organization_id', 'breaker'))}))::text as minutes
    from meeting m where m.id = $${scope.parameters.length + 1}::uuid and ${read.scope('m', 'meeting')}`;
  return { text, values: [...scope.parameters, id] };
};

/** Texts are answered in both languages whatever is asked for: what is agreed and signed is both. */
const viewSql = (read: ReadContext): string => {
  const both = { ...read, choice: 'all' } as const;
  return `json_build_object('meeting', ${related(both, 'meeting', 'm.id', 'minuted')},
    'items', (select coalesce(json_agg(json_build_object('id', i.id, 'version', i.version, 'position', i.position,
        'agendaItem', ${related(read, 'agenda-item', 'i.agenda_item_id', 'question')},
        'text', ${languageMap(both, 'i.text_zh', 'i.text_ru')}, 'joint', ${sealsItem('i')})
        order by not (${sealsItem('i')}), i.position, i.id), '[]'::json)
      from minutes_item i where i.meeting_id = m.id and ${read.scope('i', 'minutes-item')}),
    'decisions', (select coalesce(json_agg(json_build_object('id', d.id, 'kind', d.kind, 'number', d.number,
        'text', ${languageMap(both, 'd.text_zh', 'd.text_ru')}, 'responsible', ${relatedList(
          read,
          'organization',
          'select r.target_id as id, r.position from decision_responsible r where r.record_id = d.id',
          'answering',
        )}, 'dueOn', d.due_on) order by d.created_at, d.id), '[]'::json)
      from decision d where d.meeting_id = m.id and ${sealsDecision('d')} and ${read.scope('d', 'decision')}),
    'versions', (select coalesce(json_agg(json_build_object('number', v.number, 'hash', encode(v.hash, 'hex'),
        'madeAt', v.made_at, 'side', v.side, 'organization', ${related(read, 'organization', 'v.organization_id', 'keeper')})
        order by v.number), '[]'::json)
      from minutes_version v where v.meeting_id = m.id))`;
};
