import { termSpec } from '../../src/platform/glossary/term.resource.js';
import { describeResource } from '../support/describe-resource.js';

describeResource(termSpec);
