import type { AccountActor } from '../../src/kernel/actor.js';
import { actorOf } from './actors.js';
import type { Answer, TestPortal } from './portal.js';

type Text = { zh?: string; ru?: string };

/** The two secretariats and the people around them, and a meeting that both sides have held. */
export class JointMeeting {
  private constructor(
    private readonly portal: TestPortal,
    readonly cn: AccountActor,
    readonly ru: AccountActor,
  ) {}

  static async with(portal: TestPortal): Promise<JointMeeting> {
    const cn = await actorOf(portal, 'org-tongjiang-gov', 'coordinator');
    const ru = await actorOf(portal, 'org-eao-gov', 'coordinator');
    return new JointMeeting(portal, cn, ru);
  }

  /** Creates and publishes a record. */
  async published(path: string, body: object, actor = this.cn): Promise<string> {
    const made = await this.portal.ask(path, { method: 'POST', actor, json: { sourceLanguage: 'zh', ...body } });
    if (made.status !== 201) throw new Error(`${path}: ${made.text}`);
    const headers = { 'If-Match': made.headers.get('etag')! };
    const published = await this.portal.ask(`${path}/${made.body.id}/publish`, { method: 'POST', actor, headers });
    if (published.status !== 200) throw new Error(`${path}: ${published.text}`);
    return made.body.id as string;
  }

  mechanism(): Promise<string> {
    return this.published('/mechanisms', {
      name: { zh: '定期会晤机制', ru: 'Механизм регулярных встреч' },
      kind: 'leaders-meeting',
      status: 'active',
      sides: ['cn', 'ru'],
    });
  }

  /** A published meeting; its status is set below the API, since each status has an action of its own. */
  async meeting(status = 'held', more: object = {}): Promise<string> {
    const id = await this.published('/meetings', {
      title: { zh: '第三次会晤', ru: 'Третья встреча' },
      kind: 'leaders',
      ...more,
    });
    await this.portal.sql('update meeting set status = $2 where id = $1', [id, status]);
    return id;
  }

  /** An item of the minutes in both languages. */
  async item(meeting: string, position = 1, text: Text = TEXT, actor = this.cn): Promise<string> {
    const made = await this.addItem(meeting, { position, text }, actor);
    if (made.status !== 201) throw new Error(made.text);
    return made.body.id as string;
  }

  addItem(meeting: string, body: object, actor: AccountActor | undefined = this.cn): Promise<Answer> {
    const json = { sourceLanguage: 'both', meeting: { id: meeting }, position: 1, text: TEXT, ...body };
    return this.portal.ask('/minutes-items', { method: 'POST', ...(actor && { actor }), json });
  }

  /** A change of an item by whoever has seen its present version. */
  async reword(item: string, json: object, actor: AccountActor): Promise<Answer> {
    const seen = await this.portal.ask(`/minutes-items/${item}`, { actor });
    const headers = { 'If-Match': seen.headers.get('etag') ?? '"v1-all"' };
    return this.portal.ask(`/minutes-items/${item}`, { method: 'PATCH', actor, headers, json });
  }

  minutes(meeting: string, actor: AccountActor | undefined = this.cn): Promise<Answer> {
    return this.portal.ask(`/meetings/${meeting}/minutes`, actor ? { actor } : {});
  }

  async hash(meeting: string): Promise<string> {
    return (await this.minutes(meeting)).body.hash as string;
  }

  act(meeting: string, action: string, json: object | undefined, actor: AccountActor): Promise<Answer> {
    const body = json === undefined ? {} : { json };
    return this.portal.ask(`/meetings/${meeting}/minutes/${action}`, { method: 'POST', actor, ...body });
  }

  /** Both texts agreed. */
  async agree(meeting: string): Promise<string> {
    const hash = await this.hash(meeting);
    await expectStatus(200, this.act(meeting, 'agree', { language: 'zh', hash }, this.cn));
    await expectStatus(200, this.act(meeting, 'agree', { language: 'ru', hash }, this.ru));
    return hash;
  }

  /** Both texts agreed, and signed by both sides. */
  async sign(meeting: string): Promise<string> {
    const hash = await this.agree(meeting);
    for (const side of [this.ru, this.cn]) await expectStatus(200, this.act(meeting, 'sign', { hash }, side));
    return hash;
  }

  async status(meeting: string): Promise<string> {
    return (await this.portal.ask(`/meetings/${meeting}`, { actor: this.cn })).body.status as string;
  }
}

export const TEXT: Required<Text> = {
  zh: '双方商定延长口岸开放时间。',
  ru: 'Стороны согласились продлить часы работы пункта пропуска.',
};

const expectStatus = async (status: number, asked: Promise<Answer>): Promise<void> => {
  const answer = await asked;
  if (answer.status !== status) throw new Error(`${answer.status} instead of ${status}: ${answer.text}`);
};
