import { agendaItemSpec } from '../../src/features/meetings/agenda-item.resource.js';
import { decisionSpec } from '../../src/features/meetings/decision.resource.js';
import { meetingSpec } from '../../src/features/meetings/meeting.resource.js';
import { describeResource } from '../support/describe-resource.js';

describeResource(meetingSpec);
describeResource(agendaItemSpec);
describeResource(decisionSpec);
