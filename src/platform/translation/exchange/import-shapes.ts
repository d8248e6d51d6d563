import { Code, Flag, Int, Item, Items, Text } from '../../../resource/fields.js';
import { UnitFinding } from '../unit-shapes.js';

/** Longest id of a unit that a report repeats; the portal's own are shorter. */
const LONGEST_ID = 100;

/** What became of one unit of a file. */
export class ImportedUnit {
  /** Its number in the file, from 1. */
  @Int({ required: true, min: 1 })
  place: number;

  /** As it stands in the file; for a pair out of a memory the unit that it fills. */
  @Text({ verbatim: true, max: LONGEST_ID })
  unit: string | null;

  @Code('importOutcome', { required: true })
  outcome: 'applied' | 'unchanged' | 'refused';

  @Code('importRefusal')
  reason: string | null;

  /** State in which the text is now, or would be. */
  @Code('translationState')
  state: string | null;

  @Items(() => UnitFinding)
  findings: UnitFinding[];
}

/** How many units a file changed. */
export class ImportCounts {
  @Int({ required: true })
  applied: number;

  @Int({ required: true })
  unchanged: number;

  @Int({ required: true })
  refused: number;
}

/** What an import did, or would do: with one unit refused nothing is written. */
export class ImportReport {
  @Flag({ required: true })
  dryRun: boolean;

  @Item(() => ImportCounts, { required: true })
  counts: ImportCounts;

  @Items(() => ImportedUnit)
  units: ImportedUnit[];
}
