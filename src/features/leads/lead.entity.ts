import { Column, Entity, Index } from 'typeorm';
import type { Side } from '../../kernel/actor.js';
import { Code, DateOnly, Flag, Int, Items, Localized, Ref, Refs, Size, Sum } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Money, Quantity, Reference } from '../../resource/values.js';

/** An entry of the stage log: reached, or only planned, on a day or in a year, as the document says. */
export class LeadStageEntry {
  /** None where the document speaks of the project without a stage. */
  @Code('leadStage')
  stage: string | null;

  @DateOnly()
  on: string | null;

  @Int({ min: 1900, max: 2200 })
  year: number | null;

  /** True where a plan announces the stage and nothing reports it reached. */
  @Flag({ initially: false })
  planned: boolean;

  @Localized({ max: 500 })
  text: LocalizedText | null;

  @Ref('document')
  document: Reference | null;

  @Ref('task')
  task: Reference | null;
}

/** A capacity of the project, such as the yearly volume of imported logs. */
export class LeadCapacity {
  @Localized({ required: true })
  name: LocalizedText;

  @Size({ required: true })
  quantity: Quantity;
}

/** Written by a trigger (see the migrations), read by filters only. */
const DERIVED = { type: 'text', nullable: true, insert: false, update: false, select: false } as const;

/**
 * An investment project that looks for partners (招商项目 / инвестиционный проект).
 * The indexes stand in the migrations: there are hundreds of thousands of leads, so each order of the list and each
 * filter together with the usual order has one, over the very expressions of the list's statement.
 */
@Entity()
@Index('lead_published_first', { synchronize: false })
@Index('lead_published_last', { synchronize: false })
@Index('lead_created_first', { synchronize: false })
@Index('lead_created_last', { synchronize: false })
@Index('lead_name', { synchronize: false })
@Index('lead_name_zh', { synchronize: false })
@Index('lead_name_ru', { synchronize: false })
@Index('lead_investment_lowest', { synchronize: false })
@Index('lead_investment_highest', { synchronize: false })
@Index('lead_investment_from', { synchronize: false })
@Index('lead_investment_to', { synchronize: false })
@Index('lead_stage', { synchronize: false })
@Index('lead_kind', { synchronize: false })
@Index('lead_zone', { synchronize: false })
@Index('lead_region', { synchronize: false })
@Index('lead_owner', { synchronize: false })
@Index('lead_owner_side', { synchronize: false })
@Index('lead_lacks_zh', { synchronize: false })
@Index('lead_lacks_ru', { synchronize: false })
export class Lead extends SourcedRecord {
  @Localized({ required: true })
  name: LocalizedText;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;

  @Code('leadKind', { required: true })
  kind: string;

  /** None where no source says how far the project is. */
  @Code('leadStage')
  stage: string | null;

  @Ref('zone')
  zone: Reference | null;

  @Ref('region')
  region: Reference | null;

  @Refs('industry', { dated: true })
  industries: Reference[];

  @Localized({ max: 4000, multiline: true })
  constructionContent: LocalizedText | null;

  @Sum()
  totalInvestment: Money | null;

  @Size()
  landArea: Quantity | null;

  @Sum()
  expectedAnnualRevenue: Money | null;

  @Sum()
  expectedAnnualProfitAndTax: Money | null;

  /** Number of phases (分三期进行 → 3). */
  @Int({ min: 1, max: 50 })
  phases: number | null;

  @Items(() => LeadCapacity)
  capacities: LeadCapacity[];

  @Items(() => LeadStageEntry)
  stageLog: LeadStageEntry[];

  /** Side of the owner. */
  @Column(DERIVED)
  ownerSide: Side | null;
}
