import { Entity } from 'typeorm';
import type { Side } from '../../../kernel/actor.js';
import { Code, Localized, Ref } from '../../../resource/fields.js';
import { PortalRecord } from '../../../resource/record.js';
import type { LocalizedText, Reference } from '../../../resource/values.js';

/** Those whom one side sends to a meeting. */
@Entity()
export class Delegation extends PortalRecord {
  @Ref('meeting', { required: true })
  meeting: Reference;

  @Code('side', { required: true })
  side: Side;

  @Localized({ required: true, max: 300 })
  name: LocalizedText;

  /** Being formed, or told to the other side. */
  @Code('delegationStatus', { required: true, initially: 'forming' })
  status: string;

  @Localized({ max: 2000, multiline: true })
  note: LocalizedText | null;
}
