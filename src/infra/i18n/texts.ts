import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance, type i18n } from 'i18next';
import { LANGUAGES, type Language } from '../../kernel/languages.js';

/** Nested texts of one namespace file, as i18next JSON v4 writes them. */
export type LocaleTree = { [key: string]: string | LocaleTree };

/**
 * The portal's own texts (problems, labels, descriptions, console messages) in both languages.
 * A thin adapter over i18next: the language is an argument of every call and never process state,
 * and a key that is missing in one language is an error rather than the other language's text.
 */
export class Texts {
  private constructor(private readonly engine: i18n) {}

  /**
   * Loads `locales/{zh,ru}/*.json`; each file is a namespace.
   * @param folder the `locales` folder
   * @throws when a file is missing in one language or is not JSON
   */
  static load(folder: string): Texts {
    const engine = createInstance();
    void engine.init({
      lng: 'cimode',
      fallbackLng: false,
      supportedLngs: [...LANGUAGES, 'cimode'],
      resources: Object.fromEntries(LANGUAGES.map((language) => [language, readNamespaces(join(folder, language))])),
      // JSON answers must not hold HTML entities; whoever writes HTML escapes there (hardening E85).
      interpolation: { escapeValue: false, skipOnVariables: true },
      initAsync: false,
      returnNull: false,
    });
    return new Texts(engine);
  }

  /**
   * One text.
   * @param key `namespace:path.to.text`
   * @param values placeholders; `count` selects the plural form
   * @throws when the language has no such text
   */
  t(language: Language, key: string, values: Record<string, unknown> = {}): string {
    if (!this.has(language, key, values)) throw new Error(`no ${language} text for ${key}`);
    return this.engine.t(key, { ...values, lng: language });
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

const readNamespaces = (folder: string): Record<string, LocaleTree> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => [
        file.slice(0, -'.json'.length),
        JSON.parse(readFileSync(join(folder, file), 'utf8')) as LocaleTree,
      ]),
  );
