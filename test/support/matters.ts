import type { AccountActor, Actor } from '../../src/kernel/actor.js';
import { actorOf } from './actors.js';
import { Cooperation } from './cadence.js';
import type { Answer, TestPortal } from './portal.js';

type Step = { kind: string; why: string | null; toMechanism: { id: string } | null } & Record<string, unknown>;

const PEOPLE = {
  unit: 'org-tj-customs',
  office: 'org-tj-commerce',
  city: 'org-tongjiang-gov',
  oblast: 'org-eao-gov',
  neighbour: 'org-heihe-ftz',
} as const;

/** A ladder of its own with people on every rung, for tests of matters that climb it. */
export class MatterWorld {
  readonly people = {} as Record<keyof typeof PEOPLE, AccountActor>;
  office = '';
  group = '';
  leaders = '';
  commission = '';

  private constructor(
    readonly portal: TestPortal,
    readonly cooperation: Cooperation,
  ) {}

  static async in(portal: TestPortal): Promise<MatterWorld> {
    const city = await actorOf(portal, PEOPLE.city);
    const world = new MatterWorld(portal, new Cooperation(portal, city));
    for (const [name, key] of Object.entries(PEOPLE))
      world.people[name as keyof typeof PEOPLE] = await actorOf(portal, key);
    await world.raiseLadder();
    return world;
  }

  /** Office → leading group → both sides' leaders → commission of the two states, all of them at work. */
  private async raiseLadder(): Promise<void> {
    const { office, city, oblast } = this.people;
    const chair = (actor: AccountActor) => ({ side: actor.side, organization: { id: actor.organizationId } });
    this.commission = await this.mechanism({ kind: 'intergovernmental-commission', level: 'state' });
    this.leaders = await this.mechanism(
      { kind: 'leaders-meeting', level: 'province', chairs: [chair(city), chair(oblast)] },
      this.commission,
    );
    this.group = await this.mechanism({ kind: 'leading-group', sides: ['cn'], chairs: [chair(city)] }, this.leaders);
    const secretariats = [chair(office)];
    this.office = await this.mechanism({ kind: 'secretariat', sides: ['cn'], secretariats }, this.group);
  }

  mechanism(more: object, escalatesTo?: string): Promise<string> {
    return this.cooperation.mechanism({ ...more, ...(escalatesTo && { escalatesTo: { id: escalatesTo } }) });
  }

  /** A published matter of the unit, overdue since January, that is about the office. */
  matter(more: object = {}, owner = this.people.unit): Promise<string> {
    return this.cooperation.published('/matters', this.content(more), owner);
  }

  content(more: object = {}): Record<string, unknown> {
    return {
      title: { zh: '口岸查验设备不足', ru: 'Не хватает досмотрового оборудования в пункте пропуска' },
      kind: 'issue',
      audience: 'partners',
      mechanisms: [{ id: this.office }],
      dueOn: '2026-01-12',
      ...more,
    };
  }

  get(id: string, actor: Actor = this.people.city, query = ''): Promise<Answer> {
    return this.portal.ask(`/matters/${id}${query}`, { actor });
  }

  /** Does something with a matter as it stands. */
  async act(id: string, action: string, actor: Actor, json: object = {}, headers: object = {}): Promise<Answer> {
    const [{ version }] = (await this.portal.sql('select version from matter where id = $1', [id])) as [
      { version: number },
    ];
    return this.portal.ask(`/matters/${id}/${action}`, {
      method: 'POST',
      actor,
      json,
      headers: { 'If-Match': `"v${version}-all"`, ...headers },
    });
  }

  async steps(id: string, actor: Actor = this.people.city, query = ''): Promise<Step[]> {
    const answer = await this.portal.ask(`/matters/${id}/steps${query}`, { actor });
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body.items as Step[];
  }

  async kinds(id: string): Promise<string[]> {
    return (await this.steps(id)).map(({ kind, why }) => (why ? `${kind}: ${why}` : kind));
  }

  /** The coordinator of a side. */
  coordinator(side: 'cn' | 'ru'): AccountActor {
    return { ...(side === 'cn' ? this.people.city : this.people.oblast), roles: ['coordinator'] };
  }

  run(portal = this.portal): Promise<Answer> {
    return portal.ask('/matters/escalation-run', { method: 'POST', actor: this.coordinator('cn') });
  }
}

/** A reason in both languages. */
export const REASON = { zh: '本级无法解决', ru: 'На этом уровне решить нельзя' };
