import type { Side } from '../../../kernel/actor.js';
import { Code, Identifier, Int, Item, Items, Localized, Ref } from '../../../resource/fields.js';
import type { LocalizedText, Reference } from '../../../resource/values.js';

/** What an invited member answers. */
export class InvitationAnswer {
  @Code('delegateInvitation', { required: true })
  invitation: 'invited' | 'accepted' | 'declined' | 'substituted';

  /** Another member of the delegation, for somebody who is replaced. */
  @Ref('delegate')
  substitute?: Reference | null;
}

/** Whether somebody came. */
export class Attendance {
  @Code('attendance', { required: true })
  attended: 'unknown' | 'yes' | 'no';
}

/** How many people a delegation has, by what is known of them. */
export class DelegateCounts {
  /** Those who are expected or came, without those who declined or were replaced. */
  @Int({ required: true })
  members: number;

  @Int({ required: true })
  interpreters: number;

  @Int({ required: true })
  invited: number;

  @Int({ required: true })
  accepted: number;

  @Int({ required: true })
  declined: number;

  @Int({ required: true })
  attended: number;
}

/** One delegation with its size. */
export class DelegationSummary {
  @Identifier({ required: true })
  id: string;

  @Int({ required: true, min: 1 })
  version: number;

  @Localized({ required: true })
  name: LocalizedText;

  @Code('delegationStatus', { required: true })
  status: string;

  @Ref('organization')
  owner: Reference | null;

  @Ref('delegate')
  head: Reference | null;

  @Item(() => DelegateCounts, { required: true })
  counts: DelegateCounts;
}

/** What one side sends to a meeting. */
export class SideDelegations {
  @Code('side', { required: true })
  side: Side;

  @Item(() => DelegateCounts, { required: true })
  counts: DelegateCounts;

  @Items(() => DelegationSummary)
  delegations: DelegationSummary[];
}

/** Those who come to a meeting, by side. */
export class MeetingDelegations {
  @Items(() => SideDelegations)
  items: SideDelegations[];
}
