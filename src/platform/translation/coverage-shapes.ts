import type { Language } from '../../kernel/languages.js';
import { Code, Flag, Int, Items } from '../../resource/fields.js';

/** How many texts of a resource are in which state, in one language. */
class CoverageRow {
  @Code('resource', { required: true })
  resource: string;

  @Code('language', { required: true })
  language: Language;

  @Int({ required: true })
  total: number;

  @Int({ required: true })
  missing: number;

  @Int({ required: true })
  stale: number;

  @Int({ required: true })
  machine: number;

  @Int({ required: true })
  draft: number;

  @Int({ required: true })
  inReview: number;

  @Int({ required: true })
  approved: number;
}

/** The coverage report, as the asker may see it. */
export class TranslationCoverage {
  @Items(() => CoverageRow)
  rows: CoverageRow[];

  /** Whether an engine for machine translation is connected. */
  @Flag({ required: true })
  machineTranslation: boolean;
}
