import { matterSpec } from '../../../src/features/matters/matter.resource.js';
import { describeResource } from '../../support/describe-resource.js';

describeResource(matterSpec);
