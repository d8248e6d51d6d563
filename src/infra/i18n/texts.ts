import { createInstance, type i18n } from 'i18next';
import { LANGUAGES, type Language } from '../../kernel/languages.js';
import type { LocaleFile } from '../../kernel/locale-checks.js';
import { readLocaleFiles } from './locale-files.js';

/** Nested texts of one namespace file, as i18next JSON v4 writes them. */
export type LocaleTree = { [key: string]: string | LocaleTree };

/**
 * The portal's own texts (problems, labels, descriptions, console messages) in both languages.
 * A thin adapter over i18next: the language is an argument of every call and never process state,
 * and a key that is missing in one language is an error rather than the other language's text.
 */
export class Texts {
  /** Counts the sets that have served: whoever keeps something made of texts makes it anew when it grows. */
  revision = 0;

  private constructor(private engine: i18n) {}

  /**
   * Loads `locales/{zh,ru}/*.json`; each file is a namespace.
   * @param folder the `locales` folder
   * @throws when a file is missing in one language or is not JSON
   */
  static load(folder: string): Texts {
    return Texts.of(readLocaleFiles(folder));
  }

  /**
   * The texts of files that have been read.
   * @throws when one is not JSON
   */
  static of(files: readonly LocaleFile[]): Texts {
    const engine = createInstance();
    void engine.init({
      lng: 'cimode',
      fallbackLng: false,
      supportedLngs: [...LANGUAGES, 'cimode'],
      resources: Object.fromEntries(LANGUAGES.map((language) => [language, namespacesOf(files, language)])),
      // JSON answers must not hold HTML entities; whoever writes HTML escapes there (hardening E85).
      interpolation: { escapeValue: false, skipOnVariables: true },
      initAsync: false,
      returnNull: false,
    });
    return new Texts(engine);
  }

  /** From now on these texts are those of another set, all of them at once. */
  adopt(next: Texts): void {
    this.engine = next.engine;
    this.revision += 1;
  }

  /**
   * One text.
   * @param key `namespace:path.to.text`
   * @param values placeholders; `count` selects the plural form
   * @throws when the language has no such text
   */
  t(language: Language, key: string, values: Record<string, unknown> = {}): string {
    if (this.has(language, key, values)) return this.engine.t(key, { ...values, lng: language });
    const genitive = `${key}_few`;
    if (takesGenitive(language, values) && this.has(language, genitive, values))
      return this.engine.t(genitive, { ...values, lng: language });
    throw new Error(`no ${language} text for ${key}`);
  }

  /** Whether a text exists in that language. */
  has(language: Language, key: string, values: Record<string, unknown> = {}): boolean {
    return this.engine.exists(key, { ...values, lng: language });
  }

  /** The whole tree of one namespace, for vocabularies and documentation. */
  namespace(language: Language, namespace: string): LocaleTree {
    return (this.engine.getResourceBundle(language, namespace) ?? {}) as LocaleTree;
  }
}

/** In Russian a fraction governs the genitive singular, as two, three and four do: 1,5 миграции, 2 миграции. */
const takesGenitive = (language: Language, { count }: Record<string, unknown>): boolean =>
  language === 'ru' && typeof count === 'number' && !Number.isInteger(count);

const namespacesOf = (files: readonly LocaleFile[], language: Language): Record<string, LocaleTree> =>
  Object.fromEntries(
    files
      .filter((file) => file.language === language)
      .map(({ name, text }) => [name.slice(0, -'.json'.length), JSON.parse(text) as LocaleTree]),
  );
