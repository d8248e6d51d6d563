import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { type FieldError, type Problem, problem } from '../../kernel/problems.js';
import { resourceOf } from '../../resource/spec.js';
import type { Store } from '../../resource/store.js';
import { Stores } from '../../resource/stores.js';
import { taskSpec } from './task.resource.js';

/** The filter of the task list that takes the organization, by its role in the tasks. */
const FILTERS = { lead: 'leadUnit', cooperating: 'cooperatingUnit' } as const;

/** The tasks of one organization: those it leads and those it cooperates in. */
@Controller('organizations')
export class OrganizationTasksController {
  private readonly organizations: Store;
  private readonly tasks: Store;

  constructor(stores: Stores) {
    this.organizations = stores.of(resourceOf('organization'));
    this.tasks = stores.of(taskSpec);
  }

  @Route({
    method: 'get',
    path: ':id/tasks',
    permission: 'task.read',
    open: true,
    operation: 'organizationTasks',
    list: true,
    parameters: ['role'],
    codes: { role: 'taskRole' },
    resource: 'task',
    answer: 'list',
    status: 200,
  })
  async list(@Asked() ask: Ask, @Id() id: string): Promise<Reply> {
    const filter = filterOf(ask);
    await this.organizations.mustSee(ask, id);
    return this.tasks.list(ask, { [filter]: id, role: undefined });
  }
}

/** @throws `request.invalid-parameter` for an unknown role, and for a filter whose value the path already says */
const filterOf = ({ parameters }: Ask): string => {
  const role = parameters.get('role');
  if (role !== undefined && !isRole(role)) throw wrong({ parameter: 'role', code: 'invalid-value' });
  const filter = role === undefined ? 'organization' : FILTERS[role];
  if (parameters.has(filter)) throw wrong({ parameter: filter, code: 'not-a-filter' });
  return filter;
};

const isRole = (value: string): value is keyof typeof FILTERS => Object.hasOwn(FILTERS, value);

const wrong = (error: FieldError): Problem => problem('request.invalid-parameter', { errors: [error] });
