import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import '../../src/app.module.js';
import { projectFolder } from '../../src/infra/config/config.js';
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
import { type MatrixRequest, otherRequest, stepBody } from '../support/matrix-requests.js';
import { startPortal, type TestPortal } from '../support/portal.js';
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
beforeEach(() => cast.refresh());
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
  const key = [spec.path, row.record, organization.organizationId, owner === 'own' && role].join('/');
  if (fresh) return make();
  const known = found.get(key) ?? make();
  found.set(key, known);
  return known;
};

const BODIES: Record<string, object> = {
  PATCH: { remark: { zh: '备注', ru: 'Примечание' } },
  DELETE: { reason: { zh: '撤回', ru: 'Отозвано' } },
};

/** Bodies of actions by the end of their paths. */
const ACTIONS: Record<string, object> = {
  '/slots': { from: '2026-06-10', to: '2026-06-10', durationMinutes: 60 },
  '/minutes/agree': { language: 'zh', hash: '0'.repeat(64) },
  '/minutes/sign': { hash: '0'.repeat(64) },
  '/task': { plan: { id: '01900000-0000-7000-8000-00000000ffff' } },
};

const REASON = { zh: '测试理由', ru: 'Причина для проверки' };

/** Bodies of what is done with matters, by the end of the path. */
const MATTER_BODIES: Record<string, object> = {
  accept: {},
  answer: { text: REASON },
  hold: { reason: REASON },
  recall: { reason: REASON },
  refer: {},
  escalate: { reason: REASON },
  return: { reason: REASON },
  resume: {},
  close: {},
  triage: { outcome: 'taken-up' },
  proposal: { stage: 'proposed', on: '2026-01-15' },
  removal: { removal: 'being-removed' },
};

const matterBody = (template: string): object | undefined =>
  template.startsWith('/matters/{id}/') ? MATTER_BODIES[template.split('/').at(-1)!] : undefined;

const requestFor = async (
  spec: ResourceSpec,
  row: MatrixRow,
  role: MatrixRole,
  owner: Owner,
  status: number,
): Promise<MatrixRequest> => {
  const [method = '', template = ''] = row.operation.replace('{resource}', spec.path).split(' ');
  if (!template.includes('{id}')) {
    if (method === 'GET') return { path: template };
    const { organization } = cast.ownerOf(role, owner);
    const { owner: named, ...json } = await records.body(spec, organization);
    return { method, path: template, json: owner === 'own' ? json : { ...json, owner: named } };
  }
  const changes = method !== 'GET';
  const id = await recordFor(spec, row, role, owner, changes && status < 300);
  const action = Object.keys(ACTIONS).find((end) => template.endsWith(end));
  const version = row.record.startsWith('draft') ? 1 : 2;
  const step = method === 'POST' ? stepBody(template, role) : undefined;
  return {
    method,
    path: `${template.replace('{id}', id).replace('{number}', '1')}${template.endsWith('.docx') ? '?copyFor=zh' : ''}`,
    ...(changes && { headers: { 'If-Match': `"v${version}-all"` } }),
    ...(BODIES[method] && { json: BODIES[method] }),
    ...(action && { json: ACTIONS[action] }),
    ...(changes && matterBody(template) && { json: matterBody(template) }),
    ...(step && { json: step }),
  };
};

const ask = async (
  { path, headers, ...options }: MatrixRequest,
  credentials: Record<string, string>,
): Promise<number> =>
  path === STREAM
    ? streamStatus({ ...credentials, ...headers })
    : (await portal.ask(path, { ...options, headers: { ...credentials, ...headers } })).status;

/** A stream has no end: its head is looked at. */
const STREAM = '/changes/stream';
const streamStatus = async (headers: Record<string, string>): Promise<number> => {
  const response = await fetch(`${portal.url}/api/v1${STREAM}?after=now`, { headers });
  await response.body?.cancel();
  return response.status;
};

/** What is wrong with one cell, if anything. */
type Check = (role: MatrixRole, owner: Owner, expected: number) => Promise<string | undefined>;

/**
 * Asks every cell of a row.
 * @param isWhole whether one status stands for all owners, who need not all be tried
 */
const checkRow = async ({ cells }: MatrixRow, check: Check, isWhole = false): Promise<void> => {
  const faults = await Promise.all(
    MATRIX_ROLES.map(async (role) => {
      const found: string[] = [];
      const statuses = cells.get(role)!;
      for (const [n, expected] of statuses.entries()) {
        if (isWhole && n > 0 && statuses[n - 1] === expected) continue;
        const fault = expected === null ? undefined : await check(role, OWNERS[n]!, expected);
        if (fault) found.push(`${role}, ${OWNERS[n]}: ${fault}`);
      }
      return found;
    }),
  );
  expect(faults.flat()).toEqual([]);
};

const differs = (status: number, expected: number): string | undefined =>
  status === expected ? undefined : `${status} instead of ${expected}`;

describe.each(resources().map((spec) => [spec.path, spec] as const))('%s', (path, spec) => {
  it.each(
    ROWS.filter(({ of }) => of.includes(path)).map(
      (row) => [row.operation.replace('{resource}', path), row.record, row] as const,
    ),
  )('%s of a record that is %s', async (_operation, _record, row) => {
    await checkRow(row, async (role, owner, expected) =>
      differs(await ask(await requestFor(spec, row, role, owner, expected), cast.headersOf(role)), expected),
    );
  });
});

describe('operations of no resource', () => {
  const rows = ROWS.filter(({ of }) => of.length === 0).map((row) => [row.operation, row.record, row] as const);
  it.each(rows)('%s of %s', async (_operation, _record, row) => {
    await checkRow(
      row,
      async (role, owner, expected) => {
        // The request has all the credentials it needs: an account that is asked once brings its own.
        const request = await otherRequest(row.operation, { portal, cast, role, owner });
        return differs(await ask(request, {}), expected);
      },
      true,
    );
  });
});
