import { AUDIENCES, type Audience } from '../../../kernel/access.js';
import type { ProposalStage } from '../../../kernel/matter-workflow.js';
import { Code, DateOnly, Localized, Ref } from '../../../resource/fields.js';
import type { LocalizedText, Reference } from '../../../resource/values.js';

/** Bodies of what people do with a matter. */

const REASON = { max: 2000, multiline: true } as const;
const TEXT = { max: 4000, multiline: true } as const;

/** What every step may say: why, and who of those who see the matter may read it. */
export class MatterNote {
  @Localized(REASON)
  reason: LocalizedText | null;

  @Code('audience')
  audience: Audience | null;
}

/** A step that must say why. */
export class MatterReason {
  @Localized({ ...REASON, required: true })
  reason: LocalizedText;

  @Code('audience')
  audience: Audience | null;
}

/** A matter is taken on, by a day that its holder may name. */
export class MatterAcceptance extends MatterNote {
  @DateOnly()
  dueOn: string | null;
}

/** A matter goes to the counterpart: the one of the register of pairings, or the one that is named. */
export class MatterReferral {
  @Ref('organization')
  to: Reference | null;

  /** Covering letter, in the counterpart's language. */
  @Localized(TEXT)
  text: LocalizedText | null;

  @DateOnly()
  dueOn: string | null;

  @Code('audience')
  audience: Audience | null;
}

/** A matter goes up: to the next mechanism, or past it to one further above. */
export class MatterEscalation extends MatterReason {
  @Ref('mechanism')
  to: Reference | null;

  @DateOnly()
  dueOn: string | null;
}

/** What was answered. */
export class MatterAnswer {
  @Localized({ ...TEXT, required: true })
  text: LocalizedText;

  @Ref('document')
  document: Reference | null;
}

/** A pause by decision, until a day or until it is ended. */
export class MatterPause extends MatterReason {
  @DateOnly()
  until: string | null;
}

/** What a suggestion comes to: taken up, declined with a reason, or passed on to another organization of the side. */
export class SuggestionTriage extends MatterNote {
  @Code('triage', { required: true })
  outcome: 'taken-up' | 'declined' | 'passed-on';

  @Ref('organization')
  to: Reference | null;

  @DateOnly()
  dueOn: string | null;
}

/** How far a body outside the portal has come with what was put to it. */
export class ProposalProgress {
  @Code('proposalStage', { required: true })
  stage: ProposalStage;

  @DateOnly({ required: true })
  on: string;

  @Ref('document')
  document: Reference | null;

  @Localized(TEXT)
  text: LocalizedText | null;
}

/** How far an obstacle has been removed; that it is removed must be proved. */
export class ObstacleRemoval extends MatterNote {
  @Code('removal', { required: true })
  removal: 'open' | 'being-removed' | 'removed';

  @Ref('document')
  evidence: Reference | null;
}

/** The narrower of two audiences: no step is told to more people than its matter. */
export const narrower = (asked: Audience | null | undefined, matter: Audience): Audience =>
  asked && AUDIENCES.indexOf(asked) > AUDIENCES.indexOf(matter) ? asked : matter;
