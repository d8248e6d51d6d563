import type { AccountActor, Side } from '../../src/kernel/actor.js';
import { actorOf } from './actors.js';
import { seedId } from './cadence.js';
import type { Answer, TestPortal } from './portal.js';

/** The people of a meeting of Heihe and Blagoveshchensk's oblast: an official and a secretariat of either side. */
export type Parties = Record<Side, { official: AccountActor; secretariat: AccountActor }>;

/** Organizations of the two sides, by their keys in the seeds. */
const PARTY_KEYS = { cn: 'org-heihe-ftz', ru: 'org-amur-gov' } as const;

export const partiesOf = async (portal: TestPortal): Promise<Parties> => {
  const of = async (key: string) => ({
    official: await actorOf(portal, key),
    secretariat: await actorOf(portal, key, 'coordinator'),
  });
  return { cn: await of(PARTY_KEYS.cn), ru: await of(PARTY_KEYS.ru) };
};

/** Takes steps with records by their present version, and makes what meetings need. */
export class Meetings {
  constructor(
    readonly portal: TestPortal,
    readonly parties: Parties,
  ) {}

  /** A POST to a record with the version that it has now. */
  async step(path: string, actor: AccountActor, json?: object, version?: number): Promise<Answer> {
    const [, resource, id] = path.split('/');
    const table = resource!.replace(/s$/, '').replace('-', '_');
    const headers = { 'If-Match': `"v${version ?? (await this.version(table, id!))}-all"` };
    return this.portal.ask(path, { method: 'POST', actor, headers, ...(json && { json }) });
  }

  async version(table: string, id: string): Promise<number> {
    return (await this.portal.sql(`select version from ${table} where id = $1`, [id]))[0]!.version as number;
  }

  async patch(path: string, table: string, actor: AccountActor, json: object): Promise<Answer> {
    const version = await this.version(table, path.split('/')[2]!);
    return this.portal.ask(path, { method: 'PATCH', actor, json, headers: { 'If-Match': `"v${version}-all"` } });
  }

  /** The id of a published record. */
  async published(path: string, actor: AccountActor, json: object): Promise<string> {
    const made = await this.portal.ask(path, { method: 'POST', actor, json: { sourceLanguage: 'zh', ...json } });
    if (made.status !== 201) throw new Error(`${path}: ${made.text}`);
    const published = await this.step(`${path}/${made.body.id}/publish`, actor);
    if (published.status !== 200) throw new Error(`${path}: ${published.text}`);
    return made.body.id as string;
  }

  /** A meeting of the Chinese side that its partners see. */
  meeting(more: object = {}): Promise<string> {
    return this.published('/meetings', this.parties.cn.official, {
      title: { zh: '黑河与阿穆尔州定期会晤', ru: 'Регулярная встреча Хэйхэ и Амурской области' },
      kind: 'leaders',
      audience: 'partners',
      hostSide: 'cn',
      timeZone: 'Asia/Shanghai',
      startsAt: '2026-06-10T09:30:00+08:00',
      endsAt: '2026-06-10T11:30:00+08:00',
      ...more,
    });
  }

  async mechanism(): Promise<string> {
    const parties = await Promise.all(
      Object.values(PARTY_KEYS).map(async (key) => ({ id: await seedId(this.portal, key) })),
    );
    return this.published('/mechanisms', this.parties.cn.official, {
      name: { zh: '会晤机制', ru: 'Механизм встреч' },
      kind: 'leaders-meeting',
      status: 'active',
      sides: ['cn', 'ru'],
      parties,
    });
  }

  async proposed(more: object = {}): Promise<string> {
    const id = await this.meeting(more);
    const answer = await this.step(`/meetings/${id}/propose`, this.parties.cn.official, {});
    if (answer.status !== 200) throw new Error(answer.text);
    return id;
  }

  confirm(id: string, side: Side, version?: number): Promise<Answer> {
    return this.step(`/meetings/${id}/confirm`, this.parties[side].secretariat, { side }, version);
  }

  /** A meeting that both sides have confirmed. */
  async confirmed(more: object = {}): Promise<string> {
    const id = await this.proposed(more);
    for (const side of ['cn', 'ru'] as const) {
      const answer = await this.confirm(id, side);
      if (answer.status !== 200) throw new Error(answer.text);
    }
    return id;
  }

  /** Puts a question to a meeting in the language of the side. */
  propose(meeting: string, side: Side, more: object = {}, actor = this.parties[side].official): Promise<Answer> {
    const title = side === 'cn' ? { zh: '口岸通关' } : { ru: 'Мост и пункт пропуска' };
    return this.portal.ask(`/meetings/${meeting}/agenda-proposals`, {
      method: 'POST',
      actor,
      json: { title, ...more },
    });
  }

  /** The id of an item on the agenda of a meeting. */
  async item(meeting: string, side: Side, more: object = {}): Promise<string> {
    const answer = await this.propose(meeting, side, more);
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body.id as string;
  }

  answer(item: string, side: Side, answer: string, reason?: object, version?: number): Promise<Answer> {
    const json = { side, answer, ...(reason && { reason }) };
    return this.step(`/agenda-items/${item}/answer`, this.parties[side].secretariat, json, version);
  }

  /** An item that both sides have accepted. */
  async accepted(meeting: string, side: Side, more: object = {}): Promise<string> {
    const item = await this.item(meeting, side, more);
    for (const one of ['cn', 'ru'] as const) {
      const answer = await this.answer(item, one, 'accepted');
      if (answer.status !== 200) throw new Error(answer.text);
    }
    return item;
  }

  async agenda(meeting: string, actor = this.parties.ru.official, query = ''): Promise<Answer> {
    return this.portal.ask(`/meetings/${meeting}/agenda${query}`, { actor });
  }

  async confirmAgenda(meeting: string, side: Side, revision?: string): Promise<Answer> {
    const read = revision ?? (await this.agenda(meeting)).body.revision;
    const json = { side, revision: read };
    return this.step(`/meetings/${meeting}/agenda/confirm`, this.parties[side].secretariat, json);
  }

  /** Actions of the trail about a record, in their order. */
  async trail(id: string): Promise<string[]> {
    const rows = await this.portal.sql('select action from audit where object_id = $1 order by seq', [id]);
    return rows.map(({ action }) => action as string);
  }
}
