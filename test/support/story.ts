import type { Language } from '../../src/kernel/languages.js';
import { type AccountWish, accountOf, type SignedIn } from './accounts.js';
import { seedId } from './cadence.js';
import { type DocxPaper, readDocx } from './docx.js';
import { askPaper, pathOf } from './papers.js';
import type { Answer, TestPortal } from './portal.js';

/** Somebody who is signed in and works with the portal over HTTP alone. */
export class Person {
  private constructor(
    private readonly portal: TestPortal,
    readonly id: string,
    readonly organization: { id: string },
    private readonly signedIn: SignedIn,
  ) {}

  static async of(portal: TestPortal, wish: AccountWish & { organizationKey: string }): Promise<Person> {
    const account = await accountOf(portal, wish);
    return new Person(portal, account.id, { id: await seedId(portal, wish.organizationKey) }, account);
  }

  ask(method: string, path: string, json?: object, headers: Record<string, string> = {}): Promise<Answer> {
    const all = { ...this.signedIn.headers, ...headers };
    return this.portal.ask(path, { method, headers: all, ...(json && { json }) });
  }

  /** What stands at a path. */
  async read(path: string): Promise<Answer['body']> {
    return succeeded(path, await this.ask('GET', path)).body;
  }

  /** Acts upon something that has no version of its own in the way. */
  async does(path: string, json?: object): Promise<Answer['body']> {
    return succeeded(path, await this.ask('POST', path, json)).body;
  }

  /** Acts upon a record as this person has just seen it. */
  async tries(method: 'POST' | 'PATCH', path: string, json?: object): Promise<Answer> {
    const record = path.split('/').slice(0, 3).join('/');
    const { headers } = succeeded(record, await this.ask('GET', record));
    return this.ask(method, path, json, { 'If-Match': headers.get('etag')! });
  }

  async step(path: string, json?: object): Promise<Answer['body']> {
    return succeeded(path, await this.tries('POST', path, json)).body;
  }

  async change(path: string, json: object): Promise<Answer['body']> {
    return succeeded(path, await this.tries('PATCH', path, json)).body;
  }

  /** The id of a record that this person has made and published. */
  async publishes(path: string, json: object): Promise<string> {
    const { id } = succeeded(path, await this.ask('POST', path, { sourceLanguage: 'zh', ...json })).body;
    await this.step(`${path}/${id}/publish`);
    return id as string;
  }

  /** A copy of a paper of a meeting. */
  async paper(kind: string, copyFor: Language, meeting: string): Promise<DocxPaper> {
    const file = await askPaper(this.portal, pathOf(kind, copyFor, meeting), { headers: this.signedIn.headers });
    if (file.status !== 200) throw new Error(`${kind}: ${file.status}`);
    return readDocx(file.body);
  }
}

const succeeded = (path: string, answer: Answer): Answer => {
  if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer;
};

/** The five people of the story: an official and a secretariat of each side, and a translator. */
export type FivePeople = Record<'office' | 'chinese' | 'russian' | 'oblast' | 'translator', Person>;

export const fivePeople = async (portal: TestPortal): Promise<FivePeople> => {
  const [city, oblast] = ['org-tongjiang-gov', 'org-eao-gov'];
  return {
    office: await Person.of(portal, { roles: ['official'], organizationKey: city }),
    chinese: await Person.of(portal, { roles: ['coordinator'], organizationKey: city }),
    russian: await Person.of(portal, { roles: ['coordinator'], organizationKey: oblast }),
    oblast: await Person.of(portal, { roles: ['official'], organizationKey: oblast }),
    translator: await Person.of(portal, { roles: ['translator'], organizationKey: city, translatesInto: ['ru'] }),
  };
};

/** The leaders' meeting of the city and the oblast, twice a year, and below it the city's own leading group. */
export const leadersAndGroup = async ({ office, oblast }: FivePeople): Promise<{ leaders: string; group: string }> => {
  const chair = (side: 'cn' | 'ru', { organization }: Person, post: object) => ({ side, organization, post });
  const mayor = chair('cn', office, { zh: '市长', ru: 'мэр города' });
  const cadence = { kind: 'rule', timeZone: 'Asia/Shanghai', startsOn: '2026-01-01', hostRotation: 'alternates' };
  const leaders = await office.publishes('/mechanisms', {
    name: { zh: '两地领导会晤', ru: 'Встречи руководителей двух территорий' },
    ...{ kind: 'leaders-meeting', level: 'province', status: 'active', sides: ['cn', 'ru'] },
    cadence: { ...cadence, rule: 'FREQ=MONTHLY;INTERVAL=6' },
    parties: [office.organization, oblast.organization],
    chairs: [mayor, chair('ru', oblast, { zh: '州长', ru: 'губернатор области' })],
  });
  const group = await office.publishes('/mechanisms', {
    name: { zh: '市领导小组', ru: 'Руководящая группа города' },
    ...{ kind: 'leading-group', status: 'active', sides: ['cn'], chairs: [mayor] },
    escalatesTo: { id: leaders },
  });
  return { leaders, group };
};
