import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { LANGUAGES, type Language } from '../../kernel/languages.js';
import { projectFolder } from '../config/config.js';
import { type LocaleTree, Texts } from './texts.js';

const texts = Texts.load(join(projectFolder, 'locales'));

/** Keys of a tree, level by level. */
const keysOf = (tree: LocaleTree, above = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [above + key] : keysOf(value, `${above}${key}.`),
  );

const counted = keysOf(texts.namespace('ru', 'console'))
  .filter((key) => key.endsWith('_many'))
  .map((key) => key.slice(0, -'_many'.length));

const formOf = (language: Language, key: string, form: string, count: number): string =>
  texts.t(language, `console:${key}_${form}`, { count, names: 'x' });

describe('a text of the portal', () => {
  it('F96 is counted somewhere', () => {
    expect(counted.length).toBeGreaterThan(2);
  });

  it.each(counted)('F96 takes the form that its number asks for: %s', (key) => {
    const forms = {
      0: 'many',
      1: 'one',
      2: 'few',
      4: 'few',
      5: 'many',
      11: 'many',
      12: 'many',
      21: 'one',
      22: 'few',
      25: 'many',
      101: 'one',
      111: 'many',
      1.5: 'few',
    };
    for (const [number, form] of Object.entries(forms)) {
      const count = Number(number);
      const text = texts.t('ru', `console:${key}`, { count, names: 'x' });
      expect([count, text]).toEqual([count, formOf('ru', key, form, count)]);
      expect(texts.t('zh', `console:${key}`, { count, names: 'x' })).toBe(formOf('zh', key, 'other', count));
    }
  });

  it('F96 stands in both languages under the same key', () => {
    const plural = /_(one|few|many|other)$/;
    for (const name of ['console', 'problems', 'fields', 'vocabularies', 'operations']) {
      const [zh, ru] = LANGUAGES.map((language) => [
        ...new Set(keysOf(texts.namespace(language, name)).map((key) => key.replace(plural, ''))),
      ]);
      expect(ru!.sort()).toEqual(zh!.sort());
    }
  });

  it.each(['{{names}}', '$t(console:refused)', '${x}', '<%= x %>', '<b>&amp;"\'', 'ё〔2019〕', '{{- names}}'])(
    'E85 holds %s as it was given',
    (names) => {
      for (const language of LANGUAGES) {
        expect(texts.t(language, `console:${counted[0]}`, { count: 5, names })).toContain(names);
      }
    },
  );

  it('is an error where it does not exist, in that very language', () => {
    for (const language of LANGUAGES) {
      for (const key of ['console:nothing', 'nothing:at.all', 'console:constructor', 'console:__proto__'])
        expect(() => texts.t(language, key)).toThrow(language);
    }
  });
});
