import { organizationSpec } from '../../src/features/organizations/organization.resource.js';
import { regionSpec } from '../../src/features/organizations/region.resource.js';
import { describeResource } from '../support/describe-resource.js';

describeResource(regionSpec);
describeResource(organizationSpec);
