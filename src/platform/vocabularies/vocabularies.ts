import { Injectable } from '@nestjs/common';
import { languagesOf } from '../../infra/http/negotiation.js';
import { KeptTexts } from '../../infra/i18n/kept-texts.js';
import { Texts } from '../../infra/i18n/texts.js';
import type { Reply } from '../../kernel/exchange.js';
import type { LanguageChoice, LanguageMap } from '../../kernel/languages.js';
import { problem } from '../../kernel/problems.js';
import { codesOf, VOCABULARIES, type VocabularyName } from '../../kernel/vocabularies.js';
import { jsonReply } from '../../resource/reply.js';

const NAMES = Object.keys(VOCABULARIES) as VocabularyName[];

/**
 * The vocabularies as answers. They change with the program and its texts only, so each answer is made
 * once and kept, and the database is never asked.
 */
@Injectable()
export class Vocabularies {
  private readonly replies: KeptTexts<Reply>;

  constructor(private readonly texts: Texts) {
    this.replies = new KeptTexts(texts);
  }

  /** All vocabularies: `{items: [{name, title, codes: [{code, label}]}]}`. */
  list(choice: LanguageChoice): Reply {
    return this.remember(`/${choice}`, choice, () => ({ items: NAMES.map((name) => this.vocabulary(name, choice)) }));
  }

  /**
   * One vocabulary.
   * @throws `resource.not-found` for a name that is none
   */
  get(name: string, choice: LanguageChoice): Reply {
    const known = NAMES.find((candidate) => candidate === name);
    if (!known) throw problem('resource.not-found');
    return this.remember(`${known}/${choice}`, choice, () => this.vocabulary(known, choice));
  }

  private remember(key: string, choice: LanguageChoice, make: () => object): Reply {
    return this.replies.get(key, () => jsonReply(JSON.stringify(make()), choice));
  }

  private vocabulary(name: VocabularyName, choice: LanguageChoice) {
    const text = (key: string): LanguageMap =>
      Object.fromEntries(
        languagesOf(choice).map((language) => [language, this.texts.t(language, `vocabularies:${name}.${key}`)]),
      );
    return { name, title: text('title'), codes: codesOf(name).map((code) => ({ code, label: text(`codes.${code}`) })) };
  }
}
