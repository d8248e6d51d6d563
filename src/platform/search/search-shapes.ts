import { Code, Codes, Flag, Identifier, Item, Items, Localized, Text } from '../../resource/fields.js';
import type { LocalizedText } from '../../resource/values.js';

/** A piece of an excerpt: plain text, to be shown as it is, marked where it is what was found. */
class ExcerptPart {
  @Text({ required: true, max: 1000 })
  text: string;

  @Flag({ required: true })
  marked: boolean;
}

/** Excerpts by the language they are in. */
class Excerpts {
  @Items(() => ExcerptPart, { absent: true })
  zh?: ExcerptPart[];

  @Items(() => ExcerptPart, { absent: true })
  ru?: ExcerptPart[];
}

/** Where and why a record was found. */
class SearchMatch {
  /** Language of the text that fits best. */
  @Code('language', { required: true })
  lang: string;

  /** Every language in which the record holds what was looked for. */
  @Codes('language', { required: true })
  languages: string[];

  @Text({ required: true })
  field: string;

  @Code('searchReason', { required: true })
  reason: string;

  /** The pair of the glossary by which it was found. */
  @Localized()
  term: LocalizedText | null;
}

/** A record that was found. */
export class SearchHit {
  @Code('resource', { required: true })
  resource: string;

  @Identifier({ required: true })
  id: string;

  /** Main text of resources that call it so; the others have a title. */
  @Localized()
  name: LocalizedText | null;

  @Localized()
  title: LocalizedText | null;

  @Item(() => Excerpts, { required: true })
  excerpt: Excerpts;

  @Item(() => SearchMatch, { required: true })
  matched: SearchMatch;

  /** Path of the record. */
  @Text({ required: true })
  link: string;
}
