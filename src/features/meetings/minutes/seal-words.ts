import { Injectable } from '@nestjs/common';
import { Texts } from '../../../infra/i18n/texts.js';
import { LANGUAGES, type Language, type LanguageMap } from '../../../kernel/languages.js';
import type { BrokenSeal } from '../../../kernel/sign-off.js';

const BETWEEN: Record<Language, string> = { zh: '、', ru: ', ' };

/** Names seals in both languages, for what people are told. */
@Injectable()
export class SealWords {
  constructor(private readonly texts: Texts) {}

  /** 中方对中文文本的确认、俄方签字 */
  named(seals: readonly BrokenSeal[]): LanguageMap {
    const said = (language: Language) =>
      seals.map(({ kind, side }) => this.texts.t(language, `minutes:seals.${kind}.${side}`)).join(BETWEEN[language]);
    return Object.fromEntries(LANGUAGES.map((language) => [language, said(language)]));
  }
}
