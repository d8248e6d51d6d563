import type { Side } from '../../../kernel/actor.js';
import { Code, DateOnly, Instant, Int, Items, Localized, Ref, Text } from '../../../resource/fields.js';
import type { LocalizedText, Reference } from '../../../resource/values.js';

/** What is wanted of a slot. */
export class SlotRequest {
  @DateOnly({ required: true })
  from: string;

  @DateOnly({ required: true })
  to: string;

  @Int({ required: true, min: 15, max: 540 })
  durationMinutes: number;

  /** How many proposals, one a day. */
  @Int({ min: 1, max: 10 })
  count: number | null;
}

/** Something that speaks against a time. */
export class MeetingObstacle {
  @Code('meetingObstacle', { required: true })
  code: string;

  /** The code in words. */
  @Localized({ required: true })
  label: LocalizedText;

  @Code('side')
  side: Side | null;

  /** Day that is meant; of a closure its first. */
  @DateOnly()
  date: string | null;

  /** Last day of a closure; none where it lasts until further notice. */
  @DateOnly()
  until: string | null;

  /** Zone by whose clock the hours are too early or too late. */
  @Text()
  timeZone: string | null;

  @Code('workingDayStatus')
  dayStatus: string | null;

  /** The holiday, or why the day is free or the checkpoint closed. */
  @Localized()
  name: LocalizedText | null;

  /** Decree that says so. */
  @Localized()
  source: LocalizedText | null;

  @Ref('organization')
  organization: Reference | null;

  /** The other meeting of that organization. */
  @Ref('meeting')
  meeting: Reference | null;

  /** The bridge or port of entry between the two banks that is closed. */
  @Ref('facility')
  facility: Reference | null;
}

/** A time by the clock of one place. */
export class SlotLocalTime {
  @Code('side', { required: true })
  side: Side;

  @Text({ required: true })
  timeZone: string;

  @DateOnly({ required: true })
  date: string;

  @Text({ required: true })
  from: string;

  @Text({ required: true })
  to: string;

  @Text({ required: true })
  offset: string;
}

/** Something that speaks for a time. */
export class SlotReason {
  @Code('slotReason', { required: true })
  code: string;

  /** The code in words. */
  @Localized({ required: true })
  label: LocalizedText;

  @Code('side')
  side: Side | null;
}

/** A time that suits both banks. */
export class MeetingSlot {
  @Instant({ required: true })
  startsAt: string;

  @Instant({ required: true })
  endsAt: string;

  @Items(() => SlotLocalTime)
  local: SlotLocalTime[];

  @Items(() => SlotReason)
  reasons: SlotReason[];

  /** What those who travel have to know of the day: checkpoints that are closed. */
  @Items(() => MeetingObstacle)
  warnings: MeetingObstacle[];
}

/** A day that was passed over. */
export class PassedOverDay {
  @DateOnly({ required: true })
  date: string;

  @Items(() => MeetingObstacle)
  obstacles: MeetingObstacle[];
}

/** Proposed times, and why the days before and between were passed over. */
export class SlotProposal {
  @Items(() => MeetingSlot)
  slots: MeetingSlot[];

  @Items(() => PassedOverDay)
  passedOver: PassedOverDay[];
}

/** What speaks against the time of a meeting. */
export class MeetingConflicts {
  @Items(() => MeetingObstacle)
  items: MeetingObstacle[];
}
