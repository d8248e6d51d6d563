import { Injectable } from '@nestjs/common';
import { Texts } from '../../infra/i18n/texts.js';
import { LANGUAGES, type Language, type LanguageMap, otherLanguage } from '../../kernel/languages.js';
import { valuesIn } from '../../kernel/spoken-values.js';
import type { Told } from './told-notifications.js';

/** Puts notifications into words, from `locales/{zh,ru}/notifications.json`. */
@Injectable()
export class NotificationWords {
  constructor(private readonly texts: Texts) {}

  /** Title and text, in the languages asked for. */
  of(told: Told, languages: readonly Language[] = LANGUAGES): { title: LanguageMap; text: LanguageMap } {
    const say = (part: 'title' | 'text'): LanguageMap =>
      Object.fromEntries(
        languages.map((language) => [
          language,
          this.texts.t(language, `notifications:${told.kind}.${part}`, this.placeholders(told, language)),
        ]),
      );
    return { title: say('title'), text: say('text') };
  }

  /** What a kind is called where people choose how they are told of it. */
  kindName({ kind }: Pick<Told, 'kind'>, language: Language): string {
    return this.texts.t(language, `vocabularies:notificationKind.codes.${kind}`);
  }

  /** A record without a text of its own is called what it is. */
  private placeholders({ name, values, resource }: Told, language: Language): Record<string, string | number> {
    const record =
      name[language] ?? name[otherLanguage(language)] ?? this.texts.t(language, `resources:${resource}.one`);
    return { record, ...valuesIn(language, values) };
  }
}
