import type { MatrixRole, Owner } from './access-matrix.js';
import { PASSWORD } from './accounts.js';
import type { Cast } from './cast.js';
import type { AskOptions, TestPortal } from './portal.js';

/** A request of a cell; its own credentials stand instead of the role's where an account can do something once only. */
export type MatrixRequest = { path: string } & AskOptions;

type Context = { portal: TestPortal; cast: Cast; role: MatrixRole; owner: Owner };
type Build = (context: Context) => MatrixRequest | Promise<MatrixRequest>;

let serial = 0;
const address = (): string => {
  serial += 1;
  return `matrix.${process.pid}.${serial}@example.org`;
};

const NAME = { zh: '测试', ru: 'Проверка' };
const NEW_PASSWORD = 'another correct horse';

const post =
  (path: string, json: () => object): Build =>
  () => ({ method: 'POST', path, json: json() });

/** A request of a further account of the role; of nobody's where the role has no account. */
const byAnother =
  (request: MatrixRequest): Build =>
  async ({ cast, role }) =>
    role === 'anonymous' || role === 'key' ? request : { ...request, headers: (await cast.another(role)).headers };

/** The id in an answer that an administrator gets to a POST. */
const made = async ({ portal, cast }: Context, path: string, json: object): Promise<string> => {
  const answer = await portal.ask(path, { method: 'POST', headers: cast.headersOf('administrator'), json });
  if (answer.status !== 201) throw new Error(`${path}: ${answer.text}`);
  return answer.body.id as string;
};

const invitation = (): object => ({ email: address(), roles: ['administrator'], side: 'cn' });

const newKey = ({ cast, role }: Context): object => ({
  name: 'matrix',
  organization: { id: cast.ownerOf(role, 'same organization').organization.organizationId },
  scopes: ['records.read'],
  expiresOn: new Date(Date.now() + 86_400_000 * 2).toISOString().slice(0, 10),
});

const tagOf = async (portal: TestPortal, path: string, headers: Record<string, string>): Promise<string> =>
  (await portal.ask(path, { headers })).headers.get('etag') ?? '"v1-all"';

/** The session that a role's further sign-in has opened. */
const sessionOf = async ({ portal, cast, role, owner }: Context): Promise<MatrixRequest> => {
  const own = role === 'anonymous' || role === 'key' ? await cast.another('investor') : await cast.another(role);
  const { body } = await portal.ask('/me/sessions', { headers: own.headers });
  const request = { method: 'DELETE', path: `/me/sessions/${body.items[0].id}` };
  return owner === 'own' && role !== 'anonymous' && role !== 'key' ? { ...request, headers: own.headers } : request;
};

/** The id of nothing. */
const NOBODYS = '01900000-0000-7000-8000-00000000ffff';

const unknownRecord = (operation: string): MatrixRequest => {
  const [method, path] = operation.split(' ') as [string, string];
  return { method, path: path.replace('{id}', NOBODYS) };
};

/** A draft lead of the owner's with a text in both languages: the unit of its Russian one. */
const unitOf = async ({ portal, cast, role, owner }: Context): Promise<{ id: string; tag: string }> => {
  const { organization: actor } = cast.ownerOf(role, owner);
  const json = { kind: 'investment', sourceLanguage: 'zh', name: { zh: '冷链项目', ru: 'Холодовой проект' } };
  const made = await portal.ask('/leads', { method: 'POST', actor, json });
  const { body } = await portal.ask(`/translation-units?record=${made.body.id}`, { actor });
  const { id } = body.items[0] as { id: string };
  const unit = await portal.ask(`/translation-units/${id}`, { actor });
  return { id, tag: unit.headers.get('etag')! };
};

/** A file with that unit, as its owner exported it, and another translation in it. */
const returnedFile = async (context: Context): Promise<string> => {
  const { portal, cast, role, owner } = context;
  const { id } = await unitOf(context);
  const { organization: actor } = cast.ownerOf(role, owner);
  const { body } = await portal.ask(`/translation-units/${id}`, { actor });
  const path = `/translation-units/export?format=csv&into=ru&record=${body.record.id}`;
  return (await portal.ask(path, { actor })).text.replace('Холодовой проект', 'Иной перевод');
};

const step =
  (verb: string, json?: object): Build =>
  async (context) => ({
    method: 'POST',
    path: `/translation-units/${(await unitOf(context)).id}/${verb}`,
    ...(json && { json }),
  });

const REASON = { reason: { zh: '测试', ru: 'Проверка' } };
const WARNING = { check: 'end-punctuation', message: 'end-mark', language: 'ru', excerpt: '.' };

const UNITS: Record<string, Build> = {
  'GET /translation-units/{id}': async (context) => ({ path: `/translation-units/${(await unitOf(context)).id}` }),
  'PATCH /translation-units/{id}': async (context) => {
    const { id, tag } = await unitOf(context);
    const headers = { ...context.cast.headersOf(context.role), 'If-Match': tag };
    return { method: 'PATCH', path: `/translation-units/${id}`, json: { text: { ru: 'Иначе' } }, headers };
  },
  'GET /translation-units/export': () => ({ path: '/translation-units/export?format=csv&into=ru&state=missing' }),
  'POST /translation-units/import': async (context) => ({
    method: 'POST',
    path: '/translation-units/import',
    headers: { ...context.cast.headersOf(context.role), 'Content-Type': 'text/csv' },
    body: await returnedFile(context),
  }),
  'POST /translation-units/bulk': async (context) => ({
    method: 'POST',
    path: '/translation-units/bulk',
    json: { action: 'claim', units: [{ id: (await unitOf(context)).id }] },
  }),
  ...Object.fromEntries(
    ['claim', 'release', 'submit', 'approve', 'machine'].map((verb) => [
      `POST /translation-units/{id}/${verb}`,
      step(verb),
    ]),
  ),
  'POST /translation-units/{id}/return': step('return', REASON),
  'POST /translation-units/{id}/confirm-unchanged': step('confirm-unchanged', REASON),
  'POST /translation-units/{id}/waivers': step('waivers', { ...WARNING, ...REASON }),
  'POST /translation-units/{id}/comments': step('comments', { text: NAME }),
};

/** How the operations of no resource are asked. */
const BUILD: Record<string, Build> = {
  ...UNITS,
  'GET /vocabularies/{name}': () => ({ path: '/vocabularies/side' }),
  'GET /terms/export': () => ({ path: '/terms/export?format=csv' }),
  'POST /terms/import': post('/terms/import', () => ({ format: 'csv', text: 'zh,ru' })),
  'GET /search': () => ({ path: '/search?q=x' }),
  'GET /working-days': () => ({ path: '/working-days?from=2026-06-10&to=2026-06-10' }),
  'POST /audit/erasures': ({ cast, role, owner }) => ({
    method: 'POST',
    path: '/audit/erasures',
    json: { account: cast.accountIdOf(role, owner), reason: { zh: '应本人要求', ru: 'По заявлению' } },
  }),
  'POST /auth/sessions': async ({ cast }) => ({
    method: 'POST',
    path: '/auth/sessions',
    json: { email: (await cast.another('investor')).email, password: PASSWORD },
  }),
  'POST /auth/refreshes': async ({ cast, role }) => ({
    method: 'POST',
    path: '/auth/refreshes',
    headers: { ...cast.headersOf(role), Cookie: (await cast.another('investor')).cookie },
  }),
  'POST /auth/invitations': post('/auth/invitations', () => ({
    token: 'unknown',
    email: address(),
    name: NAME,
    password: PASSWORD,
  })),
  'POST /auth/registrations': post('/auth/registrations', () => ({
    email: address(),
    name: NAME,
    password: PASSWORD,
    side: 'cn',
  })),
  'POST /auth/registrations/confirmations': post('/auth/registrations/confirmations', () => ({ token: 'unknown' })),
  'POST /auth/password-resets': post('/auth/password-resets', () => ({ email: address() })),
  'POST /auth/passwords': post('/auth/passwords', () => ({ token: 'unknown', password: PASSWORD })),
  'DELETE /me/sessions': byAnother({ method: 'DELETE', path: '/me/sessions' }),
  'DELETE /me/sessions/{id}': sessionOf,
  'PATCH /me': async ({ portal, cast, role }) => {
    const headers = cast.headersOf(role);
    return {
      method: 'PATCH',
      path: '/me',
      json: {},
      headers: { ...headers, 'If-Match': await tagOf(portal, '/me', headers) },
    };
  },
  'POST /me/password': byAnother({
    method: 'POST',
    path: '/me/password',
    json: { current: PASSWORD, new: NEW_PASSWORD },
  }),
  'POST /me/second-factor': byAnother({ method: 'POST', path: '/me/second-factor' }),
  'DELETE /me/second-factor': byAnother({ method: 'DELETE', path: '/me/second-factor', json: { code: '000000' } }),
  'POST /me/second-factor/confirmation': byAnother({
    method: 'POST',
    path: '/me/second-factor/confirmation',
    json: { code: '000000' },
  }),
  'POST /me/notifications/read': post('/me/notifications/read', () => ({ through: NOBODYS })),
  'POST /me/notifications/{id}/read': () => unknownRecord('POST /me/notifications/{id}/read'),
  'PATCH /me/notification-preferences': () => ({
    method: 'PATCH',
    path: '/me/notification-preferences',
    json: { items: [] },
  }),
  'GET /accounts/{id}': ({ cast, role, owner }) => ({ path: `/accounts/${cast.accountIdOf(role, owner)}` }),
  'PATCH /accounts/{id}': async ({ portal, cast, role, owner }) => {
    const path = `/accounts/${cast.accountIdOf(role, owner)}`;
    const tag = await tagOf(portal, path, cast.headersOf('administrator'));
    return { method: 'PATCH', path, json: {}, headers: { ...cast.headersOf(role), 'If-Match': tag } };
  },
  'POST /invitations': post('/invitations', invitation),
  'DELETE /invitations/{id}': async (context) => ({
    method: 'DELETE',
    path: `/invitations/${await made(context, '/invitations', invitation())}`,
  }),
  'GET /calendar/{token}/meetings.ics': () => ({ path: `/calendar/${'A'.repeat(43)}/meetings.ics` }),
  'POST /me/calendar-feeds': byAnother({ method: 'POST', path: '/me/calendar-feeds', json: { language: 'all' } }),
  'DELETE /me/calendar-feeds/{id}': () => unknownRecord('DELETE /me/calendar-feeds/{id}'),
  'POST /webhooks': post('/webhooks', () => ({})),
  ...Object.fromEntries(
    [
      'DELETE /webhooks/{id}',
      'POST /webhooks/{id}/secrets',
      'POST /webhooks/{id}/tests',
      'GET /webhooks/{id}/deliveries',
      'POST /webhook-deliveries/{id}/replay',
    ].map((operation): [string, Build] => [operation, () => unknownRecord(operation)]),
  ),
  'POST /api-keys': (context) => ({ method: 'POST', path: '/api-keys', json: newKey(context) }),
  'DELETE /api-keys/{id}': async (context) => ({
    method: 'DELETE',
    path: `/api-keys/${await made(context, '/api-keys', newKey(context))}`,
  }),
};

/** The request of a cell of an operation that is no resource's; one without parameters and body is asked as it stands. */
export const otherRequest = async (operation: string, context: Context): Promise<MatrixRequest> => {
  const [method, path] = operation.split(' ') as [string, string];
  const build = BUILD[operation];
  if (!build && path.includes('{')) throw new Error(`${operation}: nothing says how it is asked`);
  const request = build ? await build(context) : { method, path };
  return { headers: context.cast.headersOf(context.role), ...request };
};

/** Bodies of the steps of workflows, by the end of their paths; a side speaks for itself. */
const STEP_BODIES: Record<string, (side: 'cn' | 'ru') => object> = {
  ...Object.fromEntries(
    ['agree', 'found', 'rest', 'resume', 'end'].map((act) => [
      `/mechanisms/{id}/${act}`,
      (side: 'cn' | 'ru') => ({ side, on: '2026-05-01', ...REASON }),
    ]),
  ),
  '/propose': () => ({}),
  '/confirm': (side) => ({ side }),
  '/postpone': () => REASON,
  '/cancel': () => REASON,
  '/agenda-proposals': () => ({ title: NAME }),
  '/agenda/order': () => ({ items: [] }),
  '/agenda/confirm': (side) => ({ side, revision: 'unread' }),
  '/agenda-items/{id}/answer': (side) => ({ side, answer: 'accepted' }),
  '/delegates/{id}/answer': () => ({ invitation: 'accepted' }),
  '/impact': () => ({}),
  '/attendance': () => ({ attended: 'no' }),
};

/** The body of a step that a role takes with a record; none for routes that have none. */
export const stepBody = (template: string, role: MatrixRole): object | undefined => {
  const found = Object.keys(STEP_BODIES).filter((end) => template.endsWith(end));
  const longest = found.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? undefined : STEP_BODIES[longest]!(role.endsWith(' ru') ? 'ru' : 'cn');
};
