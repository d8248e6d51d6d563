import { LANGUAGES } from '../languages.js';
import { type Check, findingsOf } from './finding.js';
import { withoutCode } from './masking.js';

/** At the start of a line spaces are an indentation. */
const DOUBLE = /(?<=\S)[ \u00A0]{2,}/g;
const BEFORE_YEAR = /(?<=\d{4}|\uFFFC) ?гг?\.(?!\p{L})/gu;
const AFTER_NUMERO = /№ ?(?=[\p{L}\d\uFFFC])/gu;
const BEFORE_MARK = /(?<=[\p{L}\d»)])[ \u00A0]+(?=[,.;:!?»)](?!\p{L}))/gu;
const AFTER_MARK = /(?<=\p{Script=Cyrillic}{2})[,;](?=\p{Script=Cyrillic})/gu;
const INSIDE_CHINESE = /(?<=[，。；：、])[ \u00A0]+(?=\p{Script=Han})/gu;

/** Double spaces, no-break spaces that are missing (before «г.», after №), spaces on the wrong side of a mark. */
export const spaces: Check = {
  id: 'spaces',
  run: (pair) => {
    const prose = { zh: withoutCode(pair.zh), ru: withoutCode(pair.ru) };
    const placement = { severity: 'warning', message: 'space-placement' } as const;
    const noBreak = { severity: 'warning', language: 'ru', message: 'no-break-space' } as const;
    return [
      ...LANGUAGES.flatMap((language) =>
        findingsOf(prose[language], DOUBLE, { severity: 'warning', language, message: 'double-space' }, () => ' '),
      ),
      ...findingsOf(prose.ru, BEFORE_YEAR, noBreak, ([whole]) => `\u00A0${whole.trimStart()}`),
      ...findingsOf(prose.ru, AFTER_NUMERO, noBreak, () => '№\u00A0'),
      ...findingsOf(prose.ru, BEFORE_MARK, { ...placement, language: 'ru' }, () => ''),
      ...findingsOf(prose.ru, AFTER_MARK, { ...placement, language: 'ru' }, ([mark]) => `${mark} `),
      ...findingsOf(prose.zh, INSIDE_CHINESE, { ...placement, language: 'zh' }, () => ''),
    ];
  },
};
