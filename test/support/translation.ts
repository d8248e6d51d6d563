import { randomUUID } from 'node:crypto';
import type { AccountActor } from '../../src/kernel/actor.js';
import type { Language } from '../../src/kernel/languages.js';
import { actorOf } from './actors.js';
import type { Answer, TestPortal } from './portal.js';

export type Unit = Answer['body'];

/** The people who make, translate and agree texts, on both sides. */
export type Bureau = {
  /** Owns the records. */
  official: AccountActor;
  coordinator: AccountActor;
  /** Of the other side. */
  foreigner: AccountActor;
  foreignCoordinator: AccountActor;
  intoRussian: AccountActor;
  otherIntoRussian: AccountActor;
  intoChinese: AccountActor;
};

const person = (of: AccountActor, more: Partial<AccountActor> = {}): AccountActor => ({
  ...of,
  id: randomUUID(),
  ...more,
});

const translator = (of: AccountActor, into: Language): AccountActor =>
  person(of, { roles: ['translator'], translatesInto: [into] });

/** Asks about units of translation, and makes the records they belong to. */
export class Translation {
  private constructor(
    private readonly portal: TestPortal,
    readonly people: Bureau,
  ) {}

  static async on(portal: TestPortal): Promise<Translation> {
    const [chinese, russian] = [await actorOf(portal, 'org-tongjiang-gov'), await actorOf(portal, 'org-eao-gov')];
    return new Translation(portal, {
      official: person(chinese),
      coordinator: person(chinese, { roles: ['coordinator'] }),
      foreigner: person(russian),
      foreignCoordinator: person(russian, { roles: ['coordinator'] }),
      intoRussian: translator(chinese, 'ru'),
      otherIntoRussian: translator(russian, 'ru'),
      intoChinese: translator(russian, 'zh'),
    });
  }

  ask(actor: AccountActor, method: string, path: string, json?: object, headers: Record<string, string> = {}) {
    return this.portal.ask(path, { method, actor, headers, ...(json && { json }) });
  }

  /** The id of a new record of the official's. */
  async record(path: string, body: object, by = this.people.official): Promise<string> {
    const made = await this.ask(by, 'POST', `/${path}`, { sourceLanguage: 'zh', ...body });
    if (made.status !== 201) throw new Error(made.text);
    return made.body.id as string;
  }

  lead(more: object = {}): Promise<string> {
    return this.record('leads', { kind: 'investment', name: { zh: '冷链项目' }, ...more });
  }

  edit(path: string, version: number, json: object, by = this.people.official): Promise<Answer> {
    return this.ask(by, 'PATCH', `/${path}`, json, { 'If-Match': `"v${version}-all"` });
  }

  publish(path: string, version: number): Promise<Answer> {
    const headers = { 'If-Match': `"v${version}-all"` };
    return this.ask(this.people.official, 'POST', `/${path}/publish`, undefined, headers);
  }

  async list(actor: AccountActor, query: string): Promise<Unit[]> {
    const answer = await this.ask(actor, 'GET', `/translation-units?${query}`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body.items as Unit[];
  }

  /** The unit of a field, as an actor sees it in the queue. */
  async unit(record: string, field = 'name', language: Language = 'ru', actor = this.people.official): Promise<Unit> {
    const units = await this.list(actor, `record=${record}&language=${language}`);
    const found = units.find((unit) => unit.field === field);
    if (!found) throw new Error(`no unit of ${field} in ${language}`);
    return found;
  }

  get(actor: AccountActor, id: string): Promise<Answer> {
    return this.ask(actor, 'GET', `/translation-units/${id}`);
  }

  /** Writes the text of a unit as it is now, or as the tag says. */
  async write(actor: AccountActor, unit: Unit, text: string, tag?: string): Promise<Answer> {
    const seen = tag ?? (await this.get(actor, unit.id)).headers.get('etag')!;
    const json = { text: { [unit.language]: text } };
    return this.ask(actor, 'PATCH', `/translation-units/${unit.id}`, json, { 'If-Match': seen });
  }

  step(actor: AccountActor, unit: Unit, verb: string, json?: object): Promise<Answer> {
    return this.ask(actor, 'POST', `/translation-units/${unit.id}/${verb}`, json);
  }

  /** Brings a unit to approval by two people, and answers with it. */
  async settle(unit: Unit, text: string, author = this.people.intoRussian, approver = this.people.otherIntoRussian) {
    for (const answer of [
      await this.write(author, unit, text),
      await this.step(author, unit, 'submit'),
      await this.step(approver, unit, 'approve'),
    ])
      if (answer.status !== 200) throw new Error(answer.text);
    return (await this.get(approver, unit.id)).body as Unit;
  }
}

/** Status and code of a refusal. */
export const refusal = ({ status, body }: Answer): [number, string] => [status, body?.code];
