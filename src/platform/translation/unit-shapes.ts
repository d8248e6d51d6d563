import type { Language, LanguageMap } from '../../kernel/languages.js';
import {
  Code,
  Codes,
  Flag,
  Identifier,
  Instant,
  Int,
  Item,
  Items,
  Localized,
  Num,
  Text,
} from '../../resource/fields.js';
import { TextComparison } from '../../resource/history.js';

/** Longest text that any field takes. */
export const LONGEST_TEXT = 100_000;
export const LONGEST_REASON = 1_000;

/** The record that a unit belongs to. */
class UnitRecord {
  @Code('resource', { required: true })
  resource: string;

  @Identifier({ required: true })
  id: string;

  @Localized({ max: LONGEST_TEXT })
  name: LanguageMap | null;

  @Code('recordState', { required: true })
  state: string;

  @Code('audience', { required: true })
  audience: string;
}

/** One text of one record in one language, as the queue shows it. */
export class TranslationUnit {
  @Identifier({ required: true })
  id: string;

  @Item(() => UnitRecord, { required: true })
  record: UnitRecord;

  @Text({ required: true })
  field: string;

  /** The language that is translated into. */
  @Code('language', { required: true })
  language: Language;

  @Code('sourceLanguage', { required: true })
  sourceLanguage: string;

  @Localized({ required: true, max: LONGEST_TEXT })
  texts: LanguageMap;

  @Code('translationState', { required: true })
  state: string;

  @Code('translationOrigin')
  origin: string | null;

  /** Version of the text; `If-Match` of a write takes the tag of the whole answer. */
  @Int({ required: true, min: 1 })
  version: number;

  @Identifier()
  authorId: string | null;

  @Identifier()
  approverId: string | null;

  @Identifier()
  assigneeId: string | null;

  @Instant()
  claimedUntil: string | null;

  @Instant({ required: true })
  since: string;

  /** Beginning of the meeting for which the text is needed. */
  @Instant()
  due: string | null;

  @Codes('translationPriority', { required: true })
  priority: string[];
}

/** The pair as it was approved last, and what has become of both texts since. */
class LastApproved {
  @Instant({ required: true })
  at: string;

  @Item(() => TextComparison, { required: true })
  zh: TextComparison;

  @Item(() => TextComparison, { required: true })
  ru: TextComparison;
}

/** An approved translation of the same original or of one like it. */
class MemoryMatch {
  @Code('memoryMatch', { required: true })
  match: string;

  @Num({ required: true, max: 1 })
  similarity: number;

  @Localized({ required: true, max: LONGEST_TEXT })
  texts: LanguageMap;

  /** From the remembered original to this one. */
  @Item(() => TextComparison, { required: true })
  difference: TextComparison;
}

/** A term of the text with its wordings in both languages. */
class TermHint {
  @Localized({ required: true, max: 500 })
  term: LanguageMap;

  @Text({ required: true, max: 500, verbatim: true })
  found: string;

  @Text({ max: 2_000, verbatim: true })
  variants: string | null;

  @Text({ max: 2_000, verbatim: true })
  avoid: string | null;
}

/** A name of the text and how it is written in the other language. */
class NameSuggestion {
  @Text({ required: true, verbatim: true })
  name: string;

  @Text({ verbatim: true })
  pinyin: string | null;

  @Text({ verbatim: true })
  russian: string | null;
}

/** Somebody's word that a warning is no fault of this pair. */
class UnitWaiver {
  @Localized({ required: true, max: LONGEST_REASON, multiline: true })
  reason: LanguageMap;

  @Identifier({ required: true })
  authorId: string;

  @Instant({ required: true })
  at: string;
}

/** What a check found, and the waiver that settles it. */
export class UnitFinding {
  @Text({ required: true })
  check: string;

  @Code('findingSeverity', { required: true })
  severity: string;

  @Code('language', { required: true })
  language: Language;

  @Int({ required: true })
  start: number;

  @Int({ required: true })
  end: number;

  /** None where something is missing between two characters. */
  @Text({ verbatim: true, max: 100, multiline: true })
  excerpt: string | null;

  @Text({ required: true })
  message: string;

  @Localized({ required: true, max: 2_000, multiline: true })
  text: LanguageMap;

  @Text({ verbatim: true, max: LONGEST_TEXT, multiline: true })
  suggestion: string | null;

  /** Whether the mend is to take the excerpt out. */
  @Flag({ required: true })
  remove: boolean;

  @Item(() => UnitWaiver)
  waiver: UnitWaiver | null;
}

/** Something said about a text. */
export class UnitComment {
  @Identifier({ required: true })
  id: string;

  @Localized({ required: true, max: 2_000, multiline: true })
  text: LanguageMap;

  @Identifier({ required: true })
  authorId: string;

  @Instant({ required: true })
  at: string;
}

/** A unit with all that helps to translate and to judge it. */
export class TranslationUnitDetail extends TranslationUnit {
  @Item(() => LastApproved)
  lastApproved: LastApproved | null;

  @Items(() => MemoryMatch)
  memory: MemoryMatch[];

  @Items(() => TermHint)
  terms: TermHint[];

  @Items(() => NameSuggestion)
  names: NameSuggestion[];

  @Items(() => UnitFinding)
  findings: UnitFinding[];

  @Items(() => UnitComment)
  comments: UnitComment[];
}
