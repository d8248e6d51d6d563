import type { Side } from '../../kernel/actor.js';
import type { MeetingTerm } from '../../kernel/meeting-workflow.js';
import { Code, Codes, Instant, Int, Ref } from '../../resource/fields.js';
import type { Reference } from '../../resource/values.js';

/** The consent of one side, kept when it falls so that everybody sees whose it was. */
export class SideConfirmation {
  @Code('side', { required: true })
  side: Side;

  @Instant({ required: true })
  at: string;

  /** Organization of the secretariat that confirmed. */
  @Ref('organization')
  organization: Reference | null;

  /** Version of the meeting that the consent made. */
  @Int({ required: true, min: 1 })
  version: number;

  /** Since when it counts no more. */
  @Instant()
  droppedAt: string | null;

  /** What was changed so that it fell. */
  @Codes('meetingTerm')
  droppedFor: MeetingTerm[] | null;
}
