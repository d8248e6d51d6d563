import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import '../../src/app.module.js';
import { projectFolder } from '../../src/infra/config/config.js';
import type { Actor } from '../../src/kernel/actor.js';
import { type ResourceSpec, resources } from '../../src/resource/spec.js';
import {
  MATRIX_ROLES,
  type MatrixRole,
  type MatrixRow,
  OWNERS,
  type Owner,
  operationsOf,
  readMatrix,
} from '../support/access-matrix.js';
import { type Cast, castOf } from '../support/cast.js';
import { type AskOptions, startPortal, type TestPortal } from '../support/portal.js';
import { Records } from '../support/records.js';

const ROWS = readMatrix();

let portal: TestPortal;
let cast: Cast;
let records: Records;
beforeAll(async () => {
  portal = await startPortal();
  cast = await castOf(portal);
  records = new Records(portal);
});
afterAll(() => portal?.close());

describe('the access matrix', () => {
  it('has a row for every operation of the API, and none for what there is not', () => {
    const { paths } = JSON.parse(readFileSync(join(projectFolder, 'docs', 'openapi.zh.json'), 'utf8')) as {
      paths: Record<string, object>;
    };
    const served = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
    );
    expect([...new Set(ROWS.flatMap(operationsOf))].sort()).toEqual(served.sort());
  });

  it('has a cell for every case: what a role can own stands in no cell as a dash', () => {
    const owning: MatrixRole[] = ['official cn', 'official ru', 'coordinator cn', 'coordinator ru', 'key'];
    for (const { operation, record, cells } of ROWS) {
      for (const role of owning) expect([operation, record, role, cells.get(role)]).not.toContainEqual(null);
      for (const role of MATRIX_ROLES) expect(cells.get(role)!.at(-1)).not.toBeNull();
    }
  });
});

/** A request of a row: made anew for a cell that expects it to change the record. */
type Request = { path: string } & AskOptions;

const stateOf = (record: string): { state: 'draft' | 'published'; audience?: string } => {
  const [state, audience] = record.split(', ') as ['draft' | 'published', string?];
  return { state, ...(audience && { audience }) };
};

const found = new Map<string, Promise<string>>();

/** A record in the condition of a row; one that no cell before has changed. */
const recordFor = (
  spec: ResourceSpec,
  row: MatrixRow,
  role: MatrixRole,
  owner: Owner,
  fresh: boolean,
): Promise<string> => {
  const { organization, by } = cast.ownerOf(role, owner);
  const make = () => records.make(spec, organization, stateOf(row.record), by);
  const key = [spec.path, row.record, organization.organizationId, by?.kind, owner === 'own' && role].join('/');
  if (fresh) return make();
  const known = found.get(key) ?? make();
  found.set(key, known);
  return known;
};

const BODIES: Record<string, object> = {
  PATCH: { remark: { zh: '备注', ru: 'Примечание' } },
  DELETE: { reason: { zh: '撤回', ru: 'Отозвано' } },
};

/** What operations need that are no resource's. */
const SLOTS = { from: '2026-06-10', to: '2026-06-10', durationMinutes: 60 };
const QUERIES: Record<string, string> = { '/working-days': '?from=2026-06-10&to=2026-06-10' };

const requestFor = async (
  spec: ResourceSpec,
  row: MatrixRow,
  role: MatrixRole,
  owner: Owner,
  status: number,
): Promise<Request> => {
  const [method = '', template = ''] = row.operation.replace('{resource}', spec.path).split(' ');
  if (!template.includes('{id}')) {
    if (method === 'GET') return { path: template };
    const { organization } = cast.ownerOf(role, owner);
    const { owner: named, ...json } = await records.body(spec, organization);
    return { method, path: template, json: owner === 'own' ? json : { ...json, owner: named } };
  }
  const changes = method !== 'GET';
  const id = await recordFor(spec, row, role, owner, changes && status < 300);
  const version = row.record.startsWith('draft') ? 1 : 2;
  return {
    method,
    path: template.replace('{id}', id),
    ...(changes && { headers: { 'If-Match': `"v${version}-all"` } }),
    ...(BODIES[method] && { json: BODIES[method] }),
    ...(template.endsWith('/slots') && { json: SLOTS }),
  };
};

const ask = async ({ path, ...options }: Request, actor: Actor | undefined): Promise<number> =>
  (await portal.ask(path, { ...options, ...(actor && { actor }) })).status;

describe.each(resources().map((spec) => [spec.path, spec] as const))('%s', (path, spec) => {
  it.each(
    ROWS.filter(({ of }) => of.includes(path)).map(
      (row) => [row.operation.replace('{resource}', path), row.record, row] as const,
    ),
  )('%s of a record that is %s', async (_operation, _record, row) => {
    const wrong: string[] = [];
    for (const role of MATRIX_ROLES) {
      for (const [n, expected] of row.cells.get(role)!.entries()) {
        if (expected === null) continue;
        const owner = OWNERS[n]!;
        const status = await ask(await requestFor(spec, row, role, owner, expected), cast.actorOf(role));
        if (status !== expected) wrong.push(`${role}, ${owner}: ${status} instead of ${expected}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('operations of no resource', () => {
  const rows = ROWS.filter(({ of }) => of.length === 0).map((row) => [row.operation, row.record, row] as const);
  it.each(rows)('%s of %s', async (_operation, _record, row) => {
    const wrong: string[] = [];
    for (const role of MATRIX_ROLES) {
      const [expected] = row.cells.get(role)!;
      const [method, template] = row.operation.split(' ') as [string, string];
      const path = template.replace('{name}', 'side') + (QUERIES[template] ?? '');
      const status = await ask({ method, path }, cast.actorOf(role));
      if (status !== expected) wrong.push(`${role}: ${status} instead of ${expected}`);
    }
    expect(wrong).toEqual([]);
  });
});
