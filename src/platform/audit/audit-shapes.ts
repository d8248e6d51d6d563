import type { Side } from '../../kernel/actor.js';
import type { Body } from '../../resource/body.js';
import {
  Code,
  Flag,
  Identifier,
  Instant,
  Int,
  Item,
  Items,
  Json,
  Localized,
  Ref,
  Text,
} from '../../resource/fields.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** A field before and after a change. */
class AuditChange {
  @Text({ required: true })
  field: string;

  @Json()
  before: unknown;

  @Json()
  after: unknown;
}

/** What decided at some moment who could see the object. */
class AuditAccess {
  @Code('recordState', { required: true })
  state: string;

  @Code('audience', { required: true })
  audience: string;

  @Identifier()
  ownerId: string | null;

  @Code('side')
  ownerSide: Side | null;
}

/** One entry of the trail as administrators and coordinators read it. */
export class AuditEntry {
  @Int({ required: true, min: 1, max: Number.MAX_SAFE_INTEGER })
  seq: number;

  @Instant({ required: true })
  at: string;

  @Code('actorKind', { required: true })
  actorKind: string;

  @Text()
  actorId: string | null;

  @Ref('organization')
  organization: Reference | null;

  @Code('side')
  side: Side | null;

  @Text({ required: true })
  action: string;

  @Text()
  objectResource: string | null;

  @Text()
  objectId: string | null;

  @Int({ min: 1 })
  objectVersion: number | null;

  @Items(() => AuditChange, { max: 10_000 })
  changes: AuditChange[];

  @Item(() => AuditAccess)
  accessBefore: AuditAccess | null;

  @Item(() => AuditAccess)
  accessAfter: AuditAccess | null;

  /** Where somebody stated one in words. */
  @Localized()
  reason: LocalizedText | null;

  /** Where the portal refused something: the code of the problem. */
  @Text()
  reasonCode: string | null;

  @Text()
  requestId: string | null;

  /** Told to administrators only. */
  @Json()
  personal: Record<string, string> | null;

  @Flag({ required: true })
  personalErased: boolean;

  /** In hexadecimal, to be compared with a copy kept elsewhere. */
  @Text({ required: true })
  hash: string;
}

/** A lawful request to erase what identifies a person in the trail. */
export class NewErasure {
  @Identifier({ required: true })
  account: string;

  @Localized({ required: true, max: 1000, multiline: true })
  reason: Body;
}

/** What an erasure did. */
export class Erasure {
  @Identifier({ required: true })
  account: string;

  /** How many entries lost their personal part. */
  @Int({ required: true })
  entries: number;
}
