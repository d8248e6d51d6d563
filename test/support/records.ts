import type { RecordState } from '../../src/kernel/access.js';
import type { AccountActor } from '../../src/kernel/actor.js';
import { fieldOf } from '../../src/resource/field.js';
import { type ResourceSpec, resourceOf } from '../../src/resource/spec.js';
import type { TestPortal } from './portal.js';
import { sampleBody } from './sample-body.js';

type Body = Record<string, unknown>;
type Condition = { state: Exclude<RecordState, 'withdrawn'>; audience?: string };

/** Makes records for tests that need many of every kind, each with what it has to lie in. */
export class Records {
  /** Statuses that the larger record must have, which only its own actions give. */
  private static readonly STATUS: Readonly<Record<string, { table: string; status: string }>> = {
    'minutes-item': { table: 'meeting', status: 'held' },
  };

  private readonly wholes = new Map<string, Promise<string>>();

  constructor(private readonly portal: TestPortal) {}

  /** A body with which the owner could create a record, inside a larger record of the owner's where there is one. */
  async body(spec: ResourceSpec, owner: AccountActor): Promise<Body> {
    const { field, same = [] } = spec.inside ?? {};
    const given: Body = {};
    // What lies in the same larger record is made alike, and so comes to lie in the same one.
    for (const name of field ? [field, ...same] : []) {
      const { target, required } = fieldOf(spec.entity, name).options;
      if (name === field || required) given[name] = { id: await this.published(resourceOf(target!), owner, spec.name) };
    }
    const body = await sampleBody(spec, this.portal, owner, given);
    return unique(spec, body);
  }

  /**
   * The id of a new record of the owner's.
   * @param by credentials of whoever makes it for the organization of the owner; its official without them
   */
  async make(
    spec: ResourceSpec,
    owner: AccountActor,
    { state, audience = spec.widestAudience ?? 'public' }: Condition,
    by?: Record<string, string>,
  ): Promise<string> {
    const path = `/${spec.path}`;
    const json = { ...(await this.body(spec, owner)), audience };
    const made = await this.portal.ask(path, {
      method: 'POST',
      json,
      ...(by ? { headers: by } : { actor: owner }),
    });
    if (made.status !== 201) throw new Error(`${path}: ${made.status} ${made.text}`);
    const { id } = made.body as { id: string };
    if (state === 'draft') return id;
    const headers = { 'If-Match': '"v1-all"' };
    const published = await this.portal.ask(`${path}/${id}/publish`, { method: 'POST', actor: owner, headers });
    if (published.status !== 200) throw new Error(`${path}/${id}: ${published.status} ${published.text}`);
    return id;
  }

  /** The one record of a kind that an owner's other records lie in; those that ask for a status have one of their own. */
  private published(spec: ResourceSpec, owner: AccountActor, part: string): Promise<string> {
    const key = `${spec.name}/${owner.organizationId}/${Records.STATUS[part]?.status}`;
    const known = this.wholes.get(key) ?? this.madeFor(part, spec, owner);
    this.wholes.set(key, known);
    return known;
  }

  private async madeFor(part: string, spec: ResourceSpec, owner: AccountActor): Promise<string> {
    const id = await this.make(spec, owner, { state: 'published' });
    const wanted = Records.STATUS[part];
    if (wanted) await this.portal.sql(`update ${wanted.table} set status = $2 where id = $1`, [id, wanted.status]);
    return id;
  }
}

let made = 0;

/** What may stand once only: codes, the seats of a post. */
const unique = (spec: ResourceSpec, body: Body): Body => {
  made += 1;
  if (spec.name === 'membership') return { ...body, post: { zh: `样例职务${made}` } };
  return spec.name === 'industry' ? { ...body, code: `sample-${process.pid}-${made}` } : body;
};
