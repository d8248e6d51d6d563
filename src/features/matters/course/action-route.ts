import type { RouteDeclaration } from '../../../infra/http/route.js';
import type { ProblemCode } from '../../../kernel/problems.js';
import type { Shape } from '../../../resource/field.js';

/** A route by which something is done with a matter: `POST /matters/{id}/<path>`, answered with the matter. */
export const matterAction = (path: string, shape: Shape, problems: readonly ProblemCode[] = []): RouteDeclaration => ({
  ...{ method: 'post', path: `:id/${path}`, permission: 'matter.update', open: false, resource: 'matter' },
  ...{ operation: `matter-${path}`, body: { shape }, versioned: true, answer: 'record', status: 200 },
  problems: ['matter.not-now', 'resource.withdrawn', ...problems],
});
