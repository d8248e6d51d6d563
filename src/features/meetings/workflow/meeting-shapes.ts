import type { Side } from '../../../kernel/actor.js';
import { isTimeZone } from '../../../kernel/dates.js';
import type { MeetingTerm } from '../../../kernel/meeting-workflow.js';
import { Check } from '../../../resource/checks.js';
import {
  Code,
  Codes,
  DateOnly,
  Identifier,
  Instant,
  Int,
  Items,
  Localized,
  Ref,
  Text,
} from '../../../resource/fields.js';
import type { LocalizedText, Reference } from '../../../resource/values.js';
import { MeetingObstacle } from '../scheduling/scheduling-answers.js';

/** When, where and in which form a meeting is proposed; what is left out stays as it stands. */
export class MeetingProposal {
  @Instant()
  startsAt?: string | null;

  @Instant()
  endsAt?: string | null;

  @DateOnly()
  heldOn?: string | null;

  @Text({ max: 40 })
  @Check('invalid-time-zone', isTimeZone)
  timeZone?: string | null;

  @Code('meetingForm')
  form?: string | null;

  @Localized({ max: 500 })
  venue?: LocalizedText | null;
}

/** The side for which somebody confirms. */
export class SideConsent {
  @Code('side', { required: true })
  side: Side;
}

/** Why a step is taken. */
export class StepReason {
  @Localized({ required: true, max: 1000, multiline: true })
  reason: LocalizedText;
}

/** Where one side stands with a meeting. */
export class SideStanding {
  @Code('side', { required: true })
  side: Side;

  @Code('confirmationState', { required: true })
  state: string;

  /** When the side confirmed, also where that counts no more. */
  @Instant()
  at: string | null;

  @Ref('organization')
  organization: Reference | null;

  @Instant()
  droppedAt: string | null;

  @Codes('meetingTerm')
  droppedFor: MeetingTerm[] | null;
}

/** Where a meeting stands on its way. */
export class MeetingStanding {
  @Identifier({ required: true })
  id: string;

  @Int({ required: true, min: 1 })
  version: number;

  @Code('meetingStatus', { required: true })
  status: string;

  @Localized()
  statusReason: LocalizedText | null;

  @Instant()
  startsAt: string | null;

  @Instant()
  endsAt: string | null;

  @DateOnly()
  heldOn: string | null;

  @Text()
  timeZone: string | null;

  @Code('meetingForm')
  form: string | null;

  @Localized()
  venue: LocalizedText | null;

  /** The sides that take part, each with its consent. */
  @Items(() => SideStanding)
  sides: SideStanding[];

  /** What speaks against the time. */
  @Items(() => MeetingObstacle)
  warnings: MeetingObstacle[];
}
