import { Entity } from 'typeorm';
import { Code, DateOnly, Localized, Ref } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** A Chinese unit and its Russian counterpart (对口). */
@Entity()
export class Pairing extends SourcedRecord {
  @Ref('organization', { required: true })
  cnOrganization: Reference;

  @Ref('organization', { required: true })
  ruOrganization: Reference;

  @Ref('mechanism')
  mechanism: Reference | null;

  /** Document that the pairing rests on. */
  @Ref('document')
  basis: Reference | null;

  @Code('pairingField', { required: true })
  field: string;

  @DateOnly()
  since: string | null;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;
}
