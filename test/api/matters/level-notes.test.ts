import { matterLevelNoteSpec } from '../../../src/features/matters/level-notes/matter-level-note.resource.js';
import { describeResource } from '../../support/describe-resource.js';

describeResource(matterLevelNoteSpec);
