import { Entity, Index } from 'typeorm';
import { Code, DateOnly, Localized, Ref, Size, Sum } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Money, Quantity, Reference } from '../../resource/values.js';

/** One value of an indicator: either a quantity or a sum of money, never both. */
@Entity()
@Index('observation_indicator', ['indicator', 'asOfOn'])
export class Observation extends SourcedRecord {
  @Ref('indicator', { required: true })
  indicator: Reference;

  @Ref('zone')
  zone: Reference | null;

  @Ref('organization')
  organization: Reference | null;

  @Size()
  quantity: Quantity | null;

  @Sum()
  money: Money | null;

  /** Day that the figure holds for. */
  @DateOnly()
  asOfOn: string | null;

  /** Whether that day was stated or is only the day of the report. */
  @Code('asOfBasis')
  asOfBasis: string | null;

  @DateOnly()
  reportedOn: string | null;

  @Code('observationStatus', { initially: 'submitted' })
  status: string;

  /** What exactly was counted, in the words of the report. */
  @Localized({ max: 1000, multiline: true })
  note: LocalizedText | null;

  @Ref('document')
  document: Reference | null;
}
