import { Entity } from 'typeorm';
import type { Side } from '../../kernel/actor.js';
import { isTimeZone } from '../../kernel/dates.js';
import { Check } from '../../resource/checks.js';
import { Code, DateOnly, Instant, Int, Items, Localized, Ref, Text } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';
import { SideConfirmation } from './side-confirmation.js';

/** A meeting of a mechanism, or a single event. */
@Entity()
export class Meeting extends SourcedRecord {
  @Localized({ required: true, max: 500 })
  title: LocalizedText;

  @Code('meetingKind', { required: true })
  kind: string;

  @Code('meetingStatus', { required: true, initially: 'draft' })
  status: string;

  @Ref('mechanism')
  mechanism: Reference | null;

  /** Ordinal of the meeting in its series: 第三十九次 → 39. */
  @Int({ min: 1 })
  numberInSeries: number | null;

  /** Day of the meeting in the host's time zone. */
  @DateOnly()
  heldOn: string | null;

  /** Year of the meeting, where its day is not known. */
  @Int({ min: 1900, max: 2200 })
  year: number | null;

  @Instant()
  startsAt: Date | null;

  @Instant()
  endsAt: Date | null;

  /** IANA time zone of the host. */
  @Text({ max: 40 })
  @Check('invalid-time-zone', isTimeZone)
  timeZone: string | null;

  @Code('meetingForm')
  form: string | null;

  @Localized({ max: 500 })
  venue: LocalizedText | null;

  @Code('side')
  hostSide: Side | null;

  @Ref('organization')
  hostOrganization: Reference | null;

  @Ref('region')
  hostRegion: Reference | null;

  /** Why the meeting was put off or called off. */
  @Localized({ max: 1000, multiline: true })
  statusReason: LocalizedText | null;

  /** Which sides agree to time, place and form. */
  @Items(() => SideConfirmation, { max: 2 })
  confirmations: SideConfirmation[] | null;

  /** Which sides agree to the agenda. */
  @Items(() => SideConfirmation, { max: 2 })
  agendaConfirmations: SideConfirmation[] | null;

  /** Since when the agenda is confirmed by all sides: from then on its changes are marked. */
  @Instant()
  agendaFrozenAt: Date | null;

  /** When order or minutes of the agenda were last arranged. */
  @Instant()
  agendaArrangedAt: Date | null;
}
