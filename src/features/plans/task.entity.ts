import { Entity } from 'typeorm';
import { Code, DateOnly, Int, Ints, Localized, Ref, Refs, Text } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** A piece of work that a plan assigns: one unit leads it, others cooperate in order. */
@Entity()
export class Task extends SourcedRecord {
  @Ref('plan', { required: true })
  plan: Reference;

  @Ref('section', { required: true })
  section: Reference;

  /** Place in the plan, counted through from 1: the tasks of one section stand in this order. */
  @Int({ required: true, min: 1 })
  position: number;

  /** Number as the document gives it: 1, （一）. */
  @Text({ max: 40 })
  number: string | null;

  @Localized({ required: true, max: 500 })
  title: LocalizedText;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;

  /** The word with which the plan commits itself: 启动, 续建, 继续推进, 力争, 完成. None where it uses no such word. */
  @Code('commitment')
  commitment: string | null;

  @Code('taskStatus', { required: true, initially: 'planned' })
  status: string;

  @Ints({ min: 1900, max: 2200 })
  years: number[] | null;

  /** The unit that answers for the task; none where the plan names nobody. */
  @Ref('organization')
  leadUnit: Reference | null;

  @Refs('organization')
  cooperatingUnits: Reference[];

  /** The post that answers for the task, where the plan names one. */
  @Localized()
  responsiblePost: LocalizedText | null;

  /** The day by which the plan wants it done; see `due` for what holds where it states none. */
  @DateOnly()
  dueOn: string | null;

  /** The same matter in an earlier list. */
  @Ref('task')
  predecessor: Reference | null;

  @Ref('clause')
  originClause: Reference | null;

  @Ref('decision')
  originDecision: Reference | null;

  /** Share of the task in the plan's progress; tasks without a weight count alike. */
  @Int({ min: 0, max: 1000 })
  weight: number | null;

  @Refs('mechanism')
  mechanisms: Reference[];

  @Refs('zone')
  zones: Reference[];

  @Refs('document')
  documents: Reference[];

  @Refs('policy')
  policies: Reference[];

  @Refs('indicator')
  indicators: Reference[];

  @Refs('facility')
  facilities: Reference[];

  @Refs('lead')
  leads: Reference[];
}
