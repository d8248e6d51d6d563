import { Entity } from 'typeorm';
import type { Side } from '../../kernel/actor.js';
import { isTimeZone } from '../../kernel/dates.js';
import { Check } from '../../resource/checks.js';
import { Code, Codes, DateOnly, Int, Item, Items, Localized, Ref, Refs, Text } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';
import { LifeConsent, LifeEntry } from './life/life-record.js';
import { isRecurrenceRule } from './recurrence.js';

/** How often the bodies of a mechanism meet. */
export class Cadence {
  @Code('cadenceKind', { required: true })
  kind: string;

  /** Recurrence rule of RFC 5545 without the `RRULE:`, where the kind is `rule`: `FREQ=MONTHLY;INTERVAL=6`. */
  @Text({ max: 200 })
  @Check('invalid-recurrence', isRecurrenceRule)
  rule: string | null;

  /** IANA time zone in which the periods of the rule begin. */
  @Text({ max: 40 })
  @Check('invalid-time-zone', isTimeZone)
  timeZone: string | null;

  /** Since when the rule holds; periods that the calendar does not give are counted from here. */
  @DateOnly()
  startsOn: string | null;

  /** The kind of meeting that the rule is about, where the mechanism has others as well. */
  @Code('meetingKind')
  meetingKind: string | null;

  /** Who hosts: the sides in turn, always one of them, or as they agree each time. */
  @Code('hostRotation')
  hostRotation: string | null;

  /** The side that hosts the first meeting of the series, where the sides take turns. */
  @Code('side')
  firstHost: Side | null;
}

/** The body that keeps the papers of a mechanism on one side. */
export class SideSecretariat {
  @Code('side', { required: true })
  side: Side;

  @Ref('organization', { required: true })
  organization: Reference;
}

/** The post that chairs a mechanism on one side. */
export class SideChair {
  @Code('side', { required: true })
  side: Side;

  @Ref('organization')
  organization: Reference | null;

  @Localized()
  post: LocalizedText | null;
}

/** A rung of the ladder that an unsolved question climbs. */
export class EscalationLevel {
  /** Counted from the lowest rung, which is 1. */
  @Int({ required: true, min: 1, max: 20 })
  order: number;

  @Code('escalationLevel', { required: true })
  level: string;

  @Localized()
  name: LocalizedText | null;
}

/** A standing form of cooperation: commission, joint committee, leading group, expert panel … */
@Entity()
export class Mechanism extends SourcedRecord {
  @Localized({ required: true, max: 500 })
  name: LocalizedText;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;

  @Code('mechanismKind', { required: true })
  kind: string;

  /** Level of its highest party. */
  @Code('level')
  level: string | null;

  /** Sides that take part; one alone for a body of one side's own. */
  @Codes('sideOrOther')
  sides: string[] | null;

  @Code('mechanismStatus', { required: true })
  status: string;

  /** Since when the status holds. */
  @DateOnly()
  statusOn: string | null;

  /** What each side wants next and waits for the other to say. */
  @Items(() => LifeConsent)
  consents: LifeConsent[];

  /** The statuses so far, the present one last; empty until the first step. */
  @Items(() => LifeEntry)
  statusHistory: LifeEntry[];

  @Ref('document')
  legalBasis: Reference | null;

  /** The mechanism that this one is a part of. */
  @Ref('mechanism')
  parent: Reference | null;

  /** The mechanism above, to which unsolved questions go. */
  @Ref('mechanism')
  escalatesTo: Reference | null;

  @Refs('organization')
  parties: Reference[];

  @Item(() => Cadence)
  cadence: Cadence | null;

  /** What is coordinated: 目标协同, 规划协同, 政策协同, 招商协同. */
  @Codes('dimension')
  dimensions: string[] | null;

  /** Duties of a standing office. */
  @Codes('duty')
  duties: string[] | null;

  @Items(() => SideSecretariat)
  secretariats: SideSecretariat[];

  @Items(() => SideChair)
  chairs: SideChair[];

  @Items(() => EscalationLevel)
  escalationLevels: EscalationLevel[];
}
