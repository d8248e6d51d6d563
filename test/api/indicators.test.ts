import { indicatorSpec } from '../../src/features/indicators/indicator.resource.js';
import { observationSpec } from '../../src/features/indicators/observation.resource.js';
import { practiceCaseSpec } from '../../src/features/indicators/practice-case.resource.js';
import { describeResource } from '../support/describe-resource.js';

describeResource(indicatorSpec);
describeResource(observationSpec);
describeResource(practiceCaseSpec);
