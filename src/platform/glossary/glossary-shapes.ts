import { Code, Flag, Identifier, Int, Items, Localized, Text } from '../../resource/fields.js';
import type { LocalizedText } from '../../resource/values.js';

/** Longest file in characters; the limit of request bodies may be lower. */
const LONGEST_FILE = 4_000_000;

/** A file of terms that is to be taken over. */
export class GlossaryImport {
  @Code('glossaryFormat', { required: true })
  format: 'csv' | 'tbx';

  /** The file as text. */
  @Text({ required: true, max: LONGEST_FILE, multiline: true, verbatim: true })
  text: string;

  /** Says what would come of it, and changes nothing. */
  @Flag({ initially: false })
  dryRun: boolean;
}

/** What came of one term of a file. */
export class ImportedTerm {
  /** Place in the file, from 1. */
  @Int({ required: true })
  number: number;

  @Localized({ required: true })
  name: LocalizedText;

  @Code('termOutcome', { required: true })
  outcome: string;

  /** Record of the term; none of a new one that was only tried. */
  @Identifier()
  id: string | null;

  /** Members that are said otherwise than before, parted by commas. */
  @Text({ max: 500 })
  changed: string | null;
}

/** What came of a file of terms. */
export class GlossaryReport {
  @Flag({ required: true })
  dryRun: boolean;

  @Int({ required: true })
  created: number;

  @Int({ required: true })
  updated: number;

  @Int({ required: true })
  unchanged: number;

  @Items(() => ImportedTerm, { required: true, max: 5000 })
  terms: ImportedTerm[];
}

/** What the check of terms says of an approved text. */
export class TermFinding {
  @Code('findingSeverity', { required: true })
  severity: string;

  @Code('language', { required: true })
  language: string;

  /** Offset in the text, in UTF-16 units. */
  @Int({ required: true })
  start: number;

  @Int({ required: true })
  end: number;

  @Text({ max: 200, verbatim: true })
  excerpt: string | null;

  @Localized({ required: true, max: 1000 })
  text: LocalizedText;

  @Text({ max: 200, verbatim: true })
  suggestion: string | null;
}

/** An approved text that a term, as it is or as it would become, alarms about. */
export class TouchedText {
  /** The text as a unit of translation. */
  @Identifier({ required: true })
  unit: string;

  @Code('resource', { required: true })
  resource: string;

  @Identifier({ required: true })
  record: string;

  @Text({ required: true })
  field: string;

  @Code('language', { required: true })
  language: string;

  /** Both texts as they were approved. */
  @Localized({ required: true, max: 20000, multiline: true })
  texts: LocalizedText;

  @Items(() => TermFinding, { required: true })
  findings: TermFinding[];
}
