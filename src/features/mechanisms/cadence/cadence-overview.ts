import type { Side } from '../../../kernel/actor.js';
import { Code, DateOnly, Int, Item, Items, Ref } from '../../../resource/fields.js';
import type { Reference } from '../../../resource/values.js';
import { Cadence } from '../mechanism.entity.js';

/** A meeting that was held or is planned in a period. */
export class CadenceMeeting {
  @Ref('meeting', { required: true })
  meeting: Reference;
}

/** One period of a cadence and what became of it. */
export class CadencePeriod {
  @DateOnly({ required: true })
  from: string;

  @DateOnly({ required: true })
  to: string;

  @Int({ required: true })
  expected: number;

  @Code('cadenceStatus', { required: true })
  status: string;

  /** Why the status cannot be said, where it is unknown. */
  @Code('cadenceReason')
  reason: string | null;

  @Items(() => CadenceMeeting)
  meetings: CadenceMeeting[];
}

/** What is known of the regular meetings of one mechanism. */
export class MechanismCadence {
  @Ref('mechanism', { required: true })
  mechanism: Reference;

  @Item(() => Cadence)
  cadence: Cadence | null;

  /** Why there are no periods, where nothing can be said of them. */
  @Code('cadenceReason')
  reason: string | null;

  @Items(() => CadencePeriod)
  periods: CadencePeriod[];

  @Int()
  nextNumber: number | null;

  @Code('side')
  nextHost: Side | null;
}

/** The regular meetings of all mechanisms that the asker may see. */
export class CadenceOverview {
  /** The day as of which it speaks; none where each mechanism's own zone says what day it is. */
  @DateOnly()
  on: string | null;

  @Items(() => MechanismCadence)
  items: MechanismCadence[];
}
