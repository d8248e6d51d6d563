import { agendaItemSpec } from '../../src/features/meetings/agenda-item.resource.js';
import { meetingSpec } from '../../src/features/meetings/meeting.resource.js';
import type { AccountActor } from '../../src/kernel/actor.js';
import type { Answer, TestPortal } from './portal.js';

type Body = { status?: string; [member: string]: unknown };

/** Statuses that a new record may begin with. */
const BEGINNINGS: Record<string, readonly unknown[]> = {
  '/meetings': meetingSpec.settled.status,
  '/agenda-items': agendaItemSpec.settled.status,
};

/** Makes the mechanisms and meetings that tests of the regular meetings need. */
export class Cooperation {
  constructor(
    private readonly portal: TestPortal,
    private readonly owner: AccountActor,
  ) {}

  /** The id of a published record, public unless the body says otherwise. */
  async published(path: string, body: Body, owner = this.owner): Promise<string> {
    const made = await this.created(path, body, owner);
    const headers = { 'If-Match': '"v1-all"' };
    const published = await this.portal.ask(`${path}/${made}/publish`, { method: 'POST', actor: owner, headers });
    if (published.status !== 200) throw new Error(`${path}/${made}: ${published.text}`);
    return made;
  }

  async created(path: string, body: Body, owner = this.owner): Promise<string> {
    const { status, ...rest } = body;
    // The steps that lead to a status want people of both sides; these tests want the status alone.
    const begins = BEGINNINGS[path];
    const isLater = status !== undefined && begins !== undefined && !begins.includes(status);
    const json = { sourceLanguage: 'zh', ...(isLater ? rest : body) };
    const made = await this.portal.ask(path, { method: 'POST', actor: owner, json });
    if (made.status !== 201) throw new Error(`${path}: ${made.text}`);
    if (isLater) await this.stands(made.body.id, status, path);
    return made.body.id as string;
  }

  /** Puts a meeting, or an item of its agenda, into a status past its steps. */
  async stands(id: string, status: string, path = '/meetings'): Promise<void> {
    const table = path === '/meetings' ? 'meeting' : 'agenda_item';
    await this.portal.sql(`update ${table} set status = $2 where id = $1`, [id, status]);
  }

  /** @param version the one that is changed */
  change(path: string, version: number, json: object): Promise<Answer> {
    const headers = { 'If-Match': `"v${version}-all"` };
    return this.portal.ask(path, { method: 'PATCH', actor: this.owner, json, headers });
  }

  mechanism(more: object = {}): Promise<string> {
    return this.published('/mechanisms', {
      name: { zh: '定期会晤机制', ru: 'Механизм регулярных встреч' },
      kind: 'leaders-meeting',
      status: 'active',
      sides: ['cn', 'ru'],
      ...more,
    });
  }

  meeting(mechanism: string | null, more: object = {}): Promise<string> {
    return this.published('/meetings', {
      title: { zh: '第三次会晤', ru: 'Третья встреча' },
      kind: 'leaders',
      status: 'confirmed',
      ...(mechanism && { mechanism: { id: mechanism } }),
      ...more,
    });
  }
}

/** The id of a record of the initial content. */
export const seedId = async (portal: TestPortal, key: string): Promise<string> =>
  (await portal.sql('select record_id from seed_row where key = $1', [key]))[0]!.record_id as string;
