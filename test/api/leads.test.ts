import { leadSpec } from '../../src/features/leads/lead.resource.js';
import { describeResource } from '../support/describe-resource.js';

describeResource(leadSpec);
