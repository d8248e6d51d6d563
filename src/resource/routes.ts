import { Route, type RouteDeclaration } from '../infra/http/route.js';
import type { Verb } from '../kernel/access.js';
import { HistoryEntry } from './history.js';
import type { ResourceSpec } from './spec.js';

/**
 * Route decorators of the shared verbs: one line on a controller's method says verb, permission, answers and
 * documentation. `@ListRoute(leadSpec)` is `GET /leads` with the permission `lead.read`.
 */

const declare = (
  spec: ResourceSpec,
  verb: Verb,
  route: Omit<RouteDeclaration, 'permission' | 'resource' | 'open'>,
): MethodDecorator =>
  Route({ ...route, permission: `${spec.name}.${verb}`, resource: spec.name, open: verb === 'read' });

/** `GET /{path}` */
export const ListRoute = (spec: ResourceSpec): MethodDecorator =>
  declare(spec, 'read', { method: 'get', path: '', operation: 'list', list: true, answer: 'list', status: 200 });

/** `GET /{path}/{id}` */
export const GetRoute = (spec: ResourceSpec): MethodDecorator =>
  declare(spec, 'read', { method: 'get', path: ':id', operation: 'get', answer: 'record', status: 200 });

/** `GET /{path}/{id}/history` */
export const HistoryRoute = (spec: ResourceSpec): MethodDecorator =>
  declare(spec, 'read', {
    method: 'get',
    path: ':id/history',
    operation: 'history',
    parameters: ['limit', 'cursor'],
    answer: { listOf: HistoryEntry },
    status: 200,
  });

/** `POST /{path}` */
export const CreateRoute = (spec: ResourceSpec): MethodDecorator =>
  declare(spec, 'create', {
    method: 'post',
    path: '',
    operation: 'create',
    answer: 'created',
    body: 'create',
    status: 201,
  });

/** `PATCH /{path}/{id}` */
export const UpdateRoute = (spec: ResourceSpec): MethodDecorator =>
  declare(spec, 'update', {
    method: 'patch',
    path: ':id',
    operation: 'update',
    answer: 'record',
    body: 'patch',
    status: 200,
  });

/** `POST /{path}/{id}/publish` */
export const PublishRoute = (spec: ResourceSpec): MethodDecorator =>
  declare(spec, 'publish', {
    method: 'post',
    path: ':id/publish',
    operation: 'publish',
    answer: 'record',
    status: 200,
  });

/** `DELETE /{path}/{id}` */
export const WithdrawRoute = (spec: ResourceSpec): MethodDecorator =>
  declare(spec, 'withdraw', {
    method: 'delete',
    path: ':id',
    operation: 'withdraw',
    answer: 'none',
    body: 'reason',
    status: 204,
  });
