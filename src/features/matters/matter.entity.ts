import { Entity } from 'typeorm';
import { Code, DateOnly, Flag, Int, Items, Localized, Ref, Refs } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** A step of a matter on its way: to an organization or to a mechanism, taken or only planned. */
export class MatterStep {
  /** Counted from 1. */
  @Int({ required: true, min: 1, max: 100 })
  order: number;

  @Code('level')
  level: string | null;

  @DateOnly()
  on: string | null;

  @Int({ min: 1900, max: 2200 })
  year: number | null;

  /** True where a plan announces the step and nothing reports it taken. */
  @Flag()
  planned: boolean | null;

  @Localized({ max: 1000, multiline: true })
  reason: LocalizedText | null;

  @Ref('organization')
  organization: Reference | null;

  @Ref('mechanism')
  mechanism: Reference | null;
}

/** Anything that somebody must answer: an obstacle, a request for a policy, a proposal to an agenda above … */
@Entity()
export class Matter extends SourcedRecord {
  @Localized({ required: true, max: 500 })
  title: LocalizedText;

  @Localized({ max: 4000, multiline: true })
  summary: LocalizedText | null;

  @Code('matterKind', { required: true })
  kind: string;

  /** Set by what is done with the matter, as are all members that requests do not set. */
  @Code('matterStatus', { readOnly: true, initially: 'open' })
  status: string;

  /** The level that must answer. */
  @Code('level')
  level: string | null;

  @Int({ min: 1900, max: 2200 })
  year: number | null;

  @DateOnly()
  dueOn: string | null;

  /** How the day was found. */
  @Code('deadlineBasis', { readOnly: true })
  dueBasis: string | null;

  /** Rung of the ladder on which the matter lies. */
  @Code('escalationLevel', { readOnly: true })
  standsAt: string | null;

  /** Last day of a pause that was decided. */
  @DateOnly({ readOnly: true })
  heldUntil: string | null;

  /** Who made a suggestion: a department, an enterprise or an expert. */
  @Code('suggestionSource')
  suggestionSource: string | null;

  /** The department, enterprise or expert, where it is no organization of the portal. */
  @Localized({ max: 300 })
  suggestedBy: LocalizedText | null;

  /** What a suggestion came to when it was sorted. */
  @Code('triage', { readOnly: true })
  triage: string | null;

  /** How far a body outside has come with what was put to it. */
  @Code('proposalStage', { readOnly: true })
  proposalStage: string | null;

  /** How far an obstacle has been removed. */
  @Code('removal', { readOnly: true })
  removal: string | null;

  /** Document that proves the removal. */
  @Ref('document', { readOnly: true })
  removalEvidence: Reference | null;

  @Ref('organization')
  raisedBy: Reference | null;

  @Ref('organization')
  addressedTo: Reference | null;

  @Ref('mechanism')
  addressedToMechanism: Reference | null;

  @Items(() => MatterStep)
  steps: MatterStep[];

  /** Tasks by which a plan pursues the matter. */
  @Refs('task')
  tasks: Reference[];

  /** What the matter is about, here and below. */
  @Refs('zone')
  zones: Reference[];

  @Refs('facility')
  facilities: Reference[];

  @Refs('industry')
  industries: Reference[];

  @Refs('mechanism')
  mechanisms: Reference[];

  @Refs('document')
  documents: Reference[];

  @Refs('policy')
  policies: Reference[];

  @Refs('meeting')
  meetings: Reference[];
}
