import { Entity } from 'typeorm';
import type { Side } from '../../kernel/actor.js';
import { Code, DateOnly, Int, Localized, Ref, Refs } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** A plan of work, alone or with the other side: sections and their tasks. */
@Entity()
export class Plan extends SourcedRecord {
  @Localized({ required: true, max: 500 })
  title: LocalizedText;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;

  /** Edition of the plan itself; `version` counts the changes of its record. */
  @Int({ min: 1 })
  planVersion: number | null;

  @Int({ min: 1900, max: 2200 })
  yearFrom: number | null;

  @Int({ min: 1900, max: 2200 })
  yearTo: number | null;

  @Code('horizon')
  horizon: string | null;

  /** Day by which the goal of the plan is to be reached. */
  @DateOnly()
  goalDueOn: string | null;

  /** The plan's own text. */
  @Ref('document')
  document: Reference | null;

  /** Document by which the plan was put into force. */
  @Ref('document')
  adoptedByDocument: Reference | null;

  @Ref('meeting')
  adoptedByMeeting: Reference | null;

  @Ref('plan')
  parent: Reference | null;

  /** The body of the other side that the plan is to be carried out with. */
  @Ref('organization')
  partner: Reference | null;

  @Code('side')
  partnerSide: Side | null;

  @Ref('mechanism')
  steeringMechanism: Reference | null;

  @Refs('zone')
  zones: Reference[];
}
