import { Code, DateOnly, Identifier, Int, Item, Items, Localized, Ref, Refs, Text } from '../../../resource/fields.js';
import type { LocalizedText, Reference } from '../../../resource/values.js';

/** Where a decision stands, and from what that follows. */
class DecisionStanding {
  @Code('decisionStatus', { required: true })
  state: string;

  @Code('decisionBasis', { required: true })
  basis: string;

  @DateOnly()
  on: string | null;
}

/** A task that carries a decision out. */
class DecisionTask {
  @Ref('task', { required: true })
  task: Reference;

  @Code('taskStatus', { required: true })
  status: string;

  @Ref('organization')
  leadUnit: Reference | null;
}

/** A decision of a mechanism, with what has become of it. */
export class MechanismDecision {
  @Identifier({ required: true })
  id: string;

  @Ref('meeting', { required: true })
  meeting: Reference;

  @Code('decisionKind', { required: true })
  kind: string;

  @Text()
  number: string | null;

  @Localized({ required: true })
  text: LocalizedText;

  @Refs('organization')
  responsible: Reference[];

  @DateOnly()
  dueOn: string | null;

  @Item(() => DecisionStanding, { required: true })
  standing: DecisionStanding;

  /** Days since an open decision was due; none where it is not open or no day was set. */
  @Int()
  overdueDays: number | null;

  /** Meetings of the mechanism that were held since. */
  @Int({ required: true })
  meetingsSince: number;

  @Items(() => DecisionTask)
  tasks: DecisionTask[];
}

/** In which plan an assignment becomes a task; the rest follows from the decision where it is not said. */
export class NewDecisionTask {
  @Ref('plan', { required: true })
  plan: Reference;

  /** The last section of the plan where none is named. */
  @Ref('section')
  section?: Reference;

  @Localized({ max: 500 })
  title?: LocalizedText;

  @DateOnly()
  dueOn?: string;
}
