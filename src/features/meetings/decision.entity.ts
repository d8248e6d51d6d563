import { Entity } from 'typeorm';
import { Code, DateOnly, Localized, Ref, Refs, Text } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** What a meeting took note of, decided or assigned. */
@Entity()
export class Decision extends SourcedRecord {
  @Ref('meeting', { required: true })
  meeting: Reference;

  @Ref('agenda-item')
  agendaItem: Reference | null;

  @Code('decisionKind', { required: true })
  kind: string;

  @Text({ max: 40 })
  number: string | null;

  @Localized({ required: true, max: 4000, multiline: true })
  text: LocalizedText;

  /** Organizations that answer for it, the leading one first. */
  @Refs('organization')
  responsible: Reference[];

  @DateOnly()
  dueOn: string | null;

  /** How it came out, where that was stated rather than follows from its tasks; see `standing`. */
  @Code('decisionOutcome')
  outcome: string | null;

  @DateOnly()
  outcomeOn: string | null;

  @Localized({ max: 1000, multiline: true })
  outcomeReason: LocalizedText | null;

  /** Document that the decision adopts or is recorded in. */
  @Ref('document')
  document: Reference | null;
}
