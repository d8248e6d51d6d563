import { Entity } from 'typeorm';
import { Code, Item, Localized, Num, Ref, Refs } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** What is to be reached: at least so many, or a growth over last year in per cent. */
export class TargetRule {
  @Code('targetKind', { required: true })
  kind: string;

  @Code('targetPer', { required: true })
  per: string;

  /** In the unit of the indicator. */
  @Num({ required: true })
  value: number;
}

/** A figure that is followed over time, with its unit and, where a plan sets one, its target (seed rows 1-06, 1-07). */
@Entity()
export class Indicator extends SourcedRecord {
  @Localized({ required: true })
  name: LocalizedText;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;

  @Code('unit', { required: true })
  unit: string;

  /** What the figure is counted for: a zone, a plan or an organization. */
  @Code('indicatorScope', { required: true })
  scope: string;

  /** None where the figure is not counted by periods. */
  @Code('indicatorPeriod')
  period: string | null;

  /** Plan that sets the target. */
  @Ref('plan')
  plan: Reference | null;

  @Refs('zone')
  zones: Reference[];

  @Item(() => TargetRule)
  targetRule: TargetRule | null;
}
