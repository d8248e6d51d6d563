import type { Language, LanguageMap } from '../../kernel/languages.js';
import { Code, Identifier, Item, Items, Localized, Text } from '../../resource/fields.js';
import { LONGEST_REASON, LONGEST_TEXT, TranslationUnit } from './unit-shapes.js';

/** Body of `PATCH /translation-units/{id}`: the text in the language of the unit. */
export class UnitText {
  @Localized({ required: true, max: LONGEST_TEXT, multiline: true })
  text: LanguageMap;
}

/** Body of what has to be reasoned: a return, a decision that nothing needs to be translated anew. */
export class UnitReason {
  @Localized({ required: true, max: LONGEST_REASON, multiline: true })
  reason: LanguageMap;
}

/** Body of a comment. */
export class NewUnitComment {
  @Localized({ required: true, max: 2_000, multiline: true })
  text: LanguageMap;
}

/** Body of a waiver: names the warning as the findings do. */
export class NewUnitWaiver {
  @Text({ required: true })
  check: string;

  @Text({ required: true })
  message: string;

  @Code('language', { required: true })
  language: Language;

  @Text({ verbatim: true, max: 100, multiline: true })
  excerpt?: string | null;

  @Localized({ required: true, max: LONGEST_REASON, multiline: true })
  reason: LanguageMap;
}

/** A unit by its id. */
export class UnitReference {
  @Identifier({ required: true })
  id: string;
}

/** The record whose units are meant. */
export class UnitsOfRecord {
  @Code('resource', { required: true })
  resource: string;

  @Identifier({ required: true })
  id: string;
}

/** Body of `POST /translation-units/bulk`: either units, or a record and, if only one is meant, a language. */
export class BulkUnits {
  @Code('translationAction', { required: true })
  action: 'request' | 'claim' | 'release' | 'submit' | 'approve';

  @Items(() => UnitReference, { max: 200 })
  units?: UnitReference[];

  @Item(() => UnitsOfRecord)
  record?: UnitsOfRecord;

  @Code('language')
  language?: Language;
}

/** What a bulk action did: all of these units, in their new state. */
export class BulkOutcome {
  @Code('translationAction', { required: true })
  action: string;

  @Items(() => TranslationUnit)
  units: TranslationUnit[];
}
