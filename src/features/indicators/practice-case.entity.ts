import { Entity } from 'typeorm';
import { Code, DateOnly, Int, Items, Localized, Ref, Refs } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** What a case shows of one dimension of cooperation (目标协同, 规划协同, 政策协同, 招商协同). */
export class CaseDimension {
  @Code('dimension', { required: true })
  code: string;

  /** The dimension in the words of the case. */
  @Localized({ required: true })
  name: LocalizedText;

  @Localized()
  heading: LocalizedText | null;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;
}

/** A best-practice case (最佳实践案例): who selected it, in which batch, and what it shows (seed row 3-01). */
@Entity()
export class PracticeCase extends SourcedRecord {
  @Localized({ required: true, max: 500 })
  title: LocalizedText;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;

  /** Level at which it was selected. */
  @Code('level')
  level: string | null;

  /** Number of the batch (第四批 → 4). */
  @Int({ min: 1, max: 1000 })
  batch: number | null;

  /** Cases in that batch. */
  @Int({ min: 1, max: 10_000 })
  batchSize: number | null;

  @Ref('organization')
  selectedBy: Reference | null;

  @DateOnly()
  selectedOn: string | null;

  @DateOnly()
  reportedOn: string | null;

  @Ref('mechanism')
  mechanism: Reference | null;

  @Ref('cluster')
  cluster: Reference | null;

  @Ref('document')
  document: Reference | null;

  @Refs('organization')
  partners: Reference[];

  @Refs('zone')
  zones: Reference[];

  /** Figures that the case is told with, in its order. */
  @Refs('observation')
  observations: Reference[];

  @Items(() => CaseDimension)
  dimensions: CaseDimension[];
}
