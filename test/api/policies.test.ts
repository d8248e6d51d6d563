import { financeProductSpec } from '../../src/features/policies/finance-product.resource.js';
import { policySpec } from '../../src/features/policies/policy.resource.js';
import { describeResource } from '../support/describe-resource.js';

describeResource(policySpec);
describeResource(financeProductSpec);
