import { Entity } from 'typeorm';
import { Code, Localized, Refs } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** A loan, bond, fund or guarantee for residents, enterprises or a zone (seed row 3-13). */
@Entity()
export class FinanceProduct extends SourcedRecord {
  @Localized({ required: true })
  name: LocalizedText;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;

  @Code('financeProductKind', { required: true })
  kind: string;

  @Code('financeProductStatus', { required: true })
  status: string;

  @Refs('zone')
  zones: Reference[];
}
