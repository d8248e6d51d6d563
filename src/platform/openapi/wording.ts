import type { Texts } from '../../infra/i18n/texts.js';
import { LANGUAGES, type Language, type LanguageMap } from '../../kernel/languages.js';
import { type Field, fieldsOf, type Shape } from '../../resource/field.js';

/** Forms of a resource's name that the templates of operations and answers are filled with. */
const FORMS = ['one', 'many', 'genitive', 'genitiveMany', 'accusative'] as const;

/** `LeadStageEntry` → `leadStageEntry`. */
const lowerCamel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Class that declares a field: the earliest ancestor that has it. */
const declaringClass = (shape: Shape, field: Field): Shape => {
  const parent = Object.getPrototypeOf(shape) as Shape;
  const inherited = parent !== Function.prototype && fieldsOf(parent).some(({ name }) => name === field.name);
  return inherited ? declaringClass(parent, field) : shape;
};

/**
 * The texts of one document. A text that is missing is noted and stood in for, so that one run tells them all.
 */
export class Wording {
  private readonly lacking = new Set<string>();

  constructor(
    private readonly texts: Texts,
    readonly language: Language,
  ) {}

  /** Keys that were asked for and have no text in this language. */
  get missing(): string[] {
    return [...this.lacking].sort();
  }

  has(key: string): boolean {
    return this.texts.has(this.language, key);
  }

  say(key: string, values?: Record<string, unknown>): string {
    if (this.texts.has(this.language, key, values)) return this.texts.t(this.language, key, values);
    this.lacking.add(key);
    return `[${key}]`;
  }

  /** The first of several keys that has a text; the last one is missed where none has. */
  sayFirst(keys: readonly string[], values?: Record<string, unknown>): string {
    return this.say(keys.find((key) => this.has(key)) ?? keys.at(-1)!, values);
  }

  /** A text of a record as it is sent: in both languages, whatever the language of the document. */
  inBoth(key: string): LanguageMap {
    return Object.fromEntries(LANGUAGES.map((language) => [language, this.texts.t(language, key)]));
  }

  /** `{one, many, genitive, genitiveMany, accusative}` of a resource. */
  formsOf(resource: string): Record<string, string> {
    return Object.fromEntries(FORMS.map((form) => [form, this.say(`resources:${resource}.${form}`)]));
  }

  /** Description of a declared field, kept under the class that declares it. */
  field(shape: Shape, field: Field): string {
    return this.say(`fields:${lowerCamel(declaringClass(shape, field).name)}.${field.name}`);
  }

  /** Description of a member that is no declared field: `id`, `languages`, computed members. */
  member(owner: string, name: string): string {
    return this.say(`fields:${lowerCamel(owner)}.${name}`);
  }

  vocabularyTitle(vocabulary: string): string {
    return this.say(`vocabularies:${vocabulary}.title`);
  }

  label(vocabulary: string, code: string): string {
    return this.say(`vocabularies:${vocabulary}.codes.${code}`);
  }

  /** A list of codes with what each means, in Markdown. */
  codeList(codes: readonly string[], label: (code: string) => string): string {
    return codes.map((code) => `- ${this.say('reference:codeLine', { code, label: label(code) })}`).join('\n');
  }

  /** The codes of a vocabulary with their labels, in Markdown. */
  labelList(vocabulary: string, codes: readonly string[]): string {
    return this.codeList(codes, (code) => this.label(vocabulary, code));
  }
}
