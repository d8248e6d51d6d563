import type { Side } from '../kernel/actor.js';
import type { Ask, Reply } from '../kernel/exchange.js';
import { Code, Instant, Int, Item, Items, Json, Ref, Text } from './fields.js';
import type { ResourceSpec } from './spec.js';
import type { Reference } from './values.js';

/** Longest text that any field takes. */
const LONGEST_TEXT = 100_000;

/** A piece of two texts that are compared. */
class TextPart {
  @Code('textDifference', { required: true })
  op: string;

  @Text({ required: true, max: LONGEST_TEXT })
  text: string;
}

/** A text before and after a change, and word by word what became of it. */
export class TextComparison {
  @Text({ max: LONGEST_TEXT })
  before: string | null;

  @Text({ max: LONGEST_TEXT })
  after: string | null;

  @Items(() => TextPart)
  parts: TextPart[];
}

/** What became of one field: a natural text by language, anything else by its values. */
export class FieldChange {
  @Text({ required: true })
  field: string;

  @Item(() => TextComparison)
  zh: TextComparison | null;

  @Item(() => TextComparison)
  ru: TextComparison | null;

  @Json()
  before: unknown;

  @Json()
  after: unknown;
}

/** One change of a record as those are told who may read the record. */
export class HistoryEntry {
  @Code('changeKind', { required: true })
  kind: string;

  @Int({ required: true, min: 1 })
  version: number;

  @Instant({ required: true })
  at: string;

  @Ref('organization')
  organization: Reference | null;

  @Code('side')
  side: Side | null;

  @Code('actorKind', { required: true })
  actorKind: string;

  /** Told to administrators and to coordinators of the same side. */
  @Text()
  actorId: string | null;

  @Items(() => FieldChange)
  changes: FieldChange[];
}

/** The history of records, newest change first. The platform keeps it; the resources only hand requests on to it. */
export abstract class RecordHistory {
  /**
   * A page of the changes that the asker may see: those before and after which the asker could read the record. Texts
   * are answered in both languages whatever was asked for, since comparing them is what a history is for; names of
   * related records follow `lang`.
   * @param id of a record that the asker may see; the caller has made sure
   * @throws `request.invalid-parameter`, `request.invalid-cursor`
   */
  abstract of(spec: ResourceSpec, ask: Ask, id: string): Promise<Reply>;
}
