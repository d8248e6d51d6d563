import { clauseSpec } from '../../src/features/documents/clause.resource.js';
import { documentSpec } from '../../src/features/documents/document.resource.js';
import { describeResource } from '../support/describe-resource.js';

describeResource(documentSpec);
describeResource(clauseSpec);
