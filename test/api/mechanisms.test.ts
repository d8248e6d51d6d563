import { mechanismSpec } from '../../src/features/mechanisms/mechanism.resource.js';
import { membershipSpec } from '../../src/features/mechanisms/membership.resource.js';
import { pairingSpec } from '../../src/features/mechanisms/pairing.resource.js';
import { describeResource } from '../support/describe-resource.js';

describeResource(mechanismSpec);
describeResource(membershipSpec);
describeResource(pairingSpec);
