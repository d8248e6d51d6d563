import { planSpec } from '../../src/features/plans/plan.resource.js';
import { sectionSpec } from '../../src/features/plans/section.resource.js';
import { taskSpec } from '../../src/features/plans/task.resource.js';
import { describeResource } from '../support/describe-resource.js';

describeResource(planSpec);
describeResource(sectionSpec);
describeResource(taskSpec);
