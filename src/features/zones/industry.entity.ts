import { Entity, Index } from 'typeorm';
import { Localized, Text } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText } from '../../resource/values.js';

/** An entry of the controlled list of industries that zones, clusters and leads are filed under (seed row 0-12). */
@Entity()
@Index('industry_code', ['code'], { unique: true })
export class Industry extends SourcedRecord {
  @Localized({ required: true })
  name: LocalizedText;

  /** Stable slug by which partner systems know the industry, such as `wood-processing`. */
  @Text({ required: true, max: 60, pattern: /^[a-z0-9]+(-[a-z0-9]+)*$/ })
  code: string;

  /** Division, group or class of GB/T 4754-2017; none where the correspondence is not certain. */
  @Text({ pattern: /^\d{2,4}$/ })
  gbt4754: string | null;

  /** Code of ОКВЭД 2 (ОК 029-2014); none where the correspondence is not certain. */
  @Text({ pattern: /^\d{2}(\.\d{1,2}(\.\d{1,2})?)?$/ })
  okved2: string | null;
}
