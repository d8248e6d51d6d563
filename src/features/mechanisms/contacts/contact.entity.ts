import { Entity } from 'typeorm';
import type { Side } from '../../../kernel/actor.js';
import { Code, DateOnly, Localized, Ref } from '../../../resource/fields.js';
import { PortalRecord } from '../../../resource/record.js';
import type { LocalizedText, Reference } from '../../../resource/values.js';

/** A contact between the two units of a pairing: a call, a letter, a visit. */
@Entity()
export class Contact extends PortalRecord {
  @Ref('pairing', { required: true })
  pairing: Reference;

  @DateOnly({ required: true })
  on: string;

  @Code('contactForm', { required: true })
  form: string;

  /** The side that called, wrote or came. */
  @Code('side', { required: true })
  initiatedBy: Side;

  @Localized({ required: true, max: 500 })
  subject: LocalizedText;

  @Localized({ max: 4000, multiline: true })
  outcome: LocalizedText | null;

  /** When the two are to speak again. */
  @DateOnly()
  nextDueOn: string | null;
}
