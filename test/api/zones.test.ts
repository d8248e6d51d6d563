import { clusterSpec } from '../../src/features/zones/cluster.resource.js';
import { facilitySpec } from '../../src/features/zones/facility.resource.js';
import { industrySpec } from '../../src/features/zones/industry.resource.js';
import { zoneSpec } from '../../src/features/zones/zone.resource.js';
import { describeResource } from '../support/describe-resource.js';

describeResource(zoneSpec);
describeResource(facilitySpec);
describeResource(industrySpec);
describeResource(clusterSpec);
