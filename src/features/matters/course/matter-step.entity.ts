import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Audience } from '../../../kernel/access.js';
import { Code, DateOnly, Identifier, Instant, Int, Localized, Ref } from '../../../resource/fields.js';
import type { LocalizedText, Reference } from '../../../resource/values.js';

/**
 * One step of a matter on its way, as it was taken; steps are added and never changed. What a plan or a document merely
 * tells of steps stands in the member `steps` of the matter.
 */
@Entity('matter_step')
@Index('matter_step_number', ['matter', 'number'], { unique: true })
@Index('matter_step_occasion', ['matter', 'occasion'], { unique: true })
export class ChainStep {
  @PrimaryColumn('uuid')
  @Identifier({ required: true })
  id: string;

  @Ref('matter', { required: true })
  matter: Reference;

  /** Counted from 1. */
  @Int({ required: true, min: 1 })
  number: number;

  @Code('matterStepKind', { required: true })
  kind: string;

  @Instant({ required: true })
  at: Date;

  /** Day of what happened outside the portal, such as the discussion of a proposal. */
  @DateOnly()
  on: string | null;

  @Ref('organization')
  fromOrganization: Reference | null;

  @Ref('mechanism')
  fromMechanism: Reference | null;

  @Code('escalationLevel')
  fromLevel: string | null;

  @Ref('organization')
  toOrganization: Reference | null;

  @Ref('mechanism')
  toMechanism: Reference | null;

  @Code('escalationLevel')
  toLevel: string | null;

  /** Whether somebody took the step, or the portal's rule. */
  @Code('matterStepCause', { required: true })
  cause: 'hand' | 'rule';

  /** Organization whose people took the step; none where the rule did. */
  @Ref('organization')
  owner: Reference | null;

  /** Reason, covering letter or answer. */
  @Localized({ max: 4000, multiline: true })
  reason: LocalizedText | null;

  /** Why a matter stayed where it was. */
  @Code('stayReason')
  why: string | null;

  @DateOnly()
  dueOn: string | null;

  @Code('deadlineBasis')
  dueBasis: string | null;

  @Ref('meeting')
  meeting: Reference | null;

  @Ref('agenda-item')
  agendaItem: Reference | null;

  @Ref('document')
  document: Reference | null;

  /** Language in which the addressee needs a text and has none yet. */
  @Code('language')
  missingText: string | null;

  /** Who sees the step of those who see the matter. */
  @Code('audience', { required: true })
  audience: Audience;

  /** Names what happens to a matter once only, such as its coming onto the agenda of one meeting. */
  @Column('text', { nullable: true })
  occasion: string | null;
}
