import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codePoints, forbiddenCodePoints, mixesScripts, normalizeText, textFault } from './text.js';

const fault = (text: unknown, rules = {}) => textFault(text, { max: 200, ...rules });
const character = (code: number): string => String.fromCodePoint(code);
const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

describe('the fault of a text', () => {
  it.each([
    '黑龙江—阿穆尔合作门户',
    'Тунцзян – Нижнеленинское',
    '“中俄”《议定书》（2026 年）',
    '№ 32 от 02.12.2019',
    '𠀀𪜶',
    '葛\u{E0100}城',
    'Ёлка, йод',
    '👍',
  ])('is none for %s', (text) => {
    expect(fault(text)).toBeUndefined();
  });

  it.each([[undefined], [null], [5], [true], [['x']], [{ zh: 'x' }]])('is its type for %j', (value) => {
    expect(fault(value)).toBe('wrong-type');
  });

  it.each([
    ['nothing', ''],
    ['spaces', '   '],
    ['no-break and full-width spaces', '\u00A0\u3000\u2003'],
    ['a mark without a letter', '\u0301'],
    ['a variation selector without a letter', '\uFE0F'],
  ])('is emptiness for %s', (_, text) => {
    expect(fault(text)).toBe('too-short');
  });

  it.each([
    ['C45 C0 controls', [...range(0x00, 0x08), ...range(0x0b, 0x1f), 0x7f]],
    ['C45 C1 controls', range(0x80, 0x9f)],
    ['line separators', [0x2028, 0x2029]],
    ['F88 bidi controls', [0x061c, 0x200e, 0x200f, ...range(0x202a, 0x202e), ...range(0x2066, 0x2069)]],
    ['F88 zero-width characters', [0x200b, 0x200c, 0x200d, 0x2060, 0xfeff, 0x00ad, 0x034f, 0x180e]],
    ['F88 fillers that look like nothing', [0x115f, 0x1160, 0x3164, 0xffa0, 0x2800]],
    ['F88 tag characters', [0xe0001, ...range(0xe0020, 0xe007f)]],
    ['annotations and the sign of a wrong encoding', range(0xfff9, 0xfffd)],
    ['what is no character', [0xfdd0, 0xfffe, 0xffff, 0x1fffe, 0x10ffff]],
  ])('names %s', (_, codes) => {
    for (const code of codes) {
      expect([code.toString(16), fault(`同江${character(code)}市`)]).toEqual([
        code.toString(16),
        'forbidden-characters',
      ]);
      expect(forbiddenCodePoints(`同${character(code)}`)).toEqual([
        `U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
      ]);
    }
  });

  it.each(['\uD800', 'a\uDC00b', '\uDC00\uD800', '同\uD83D'])('C46 is a lone surrogate', (text) => {
    expect(fault(text)).toBe('forbidden-characters');
  });

  it('C45 allows tab and line feed in a long text only, and names them where they are the fault', () => {
    expect(fault('一\n\t二', { multiline: true })).toBeUndefined();
    expect(fault('一\n二')).toBe('forbidden-characters');
    expect(forbiddenCodePoints('一\n二')).toEqual(['U+000A']);
    expect(fault('一\r\n二', { multiline: true })).toBe('forbidden-characters');
    expect(forbiddenCodePoints('一\r\n二')).toEqual(['U+000D']);
  });

  it('F92 counts code points: five rare ideographs pass a limit of five, six do not', () => {
    expect(fault('𠀀'.repeat(5), { max: 5 })).toBeUndefined();
    expect(fault('𠀀'.repeat(6), { max: 5 })).toBe('too-long');
    expect(codePoints('𠀀é👍')).toBe(3);
  });

  it('F92 refuses variation selectors in a row', () => {
    expect(fault(`葛${'\u{E0100}'.repeat(2)}`)).toBe('too-many-marks');
    expect(fault(`葛${'\uFE00'.repeat(2_000)}`, { max: 5_000 })).toBe('too-many-marks');
  });

  it('F97 caps the marks on one letter, composed or not', () => {
    expect(fault('ё̄й')).toBeUndefined();
    expect(fault(`e${'\u0301'.repeat(5)}`)).toBeUndefined();
    expect(fault(`e${'\u0301'.repeat(6)}`)).toBe('too-many-marks');
    expect(fault(`e${'\u0301'.repeat(1_000)}`, { max: 5_000 })).toBe('too-many-marks');
    expect(fault('Z\u0335\u0321\u0322\u0323\u0324\u0325')).toBe('too-many-marks');
  });

  it.each(['Рocатом', 'TОP', 'cеверный', 'Амyр'])(
    'F89 is a mixed word in an identifier, not in a title: %s',
    (word) => {
      expect(mixesScripts(`ООО «${word}»`)).toBe(true);
      expect(fault(word, { identifier: true })).toBe('mixed-scripts');
      expect(fault(word)).toBeUndefined();
    },
  );

  it.each(['Росатом', 'TOP', 'IT-парк', '3D-печать', '№ 32-р/A', 'Wi‑Fi в порту', '同政发〔2019〕32号'])(
    'F89 is none in an identifier where each word keeps to one alphabet: %s',
    (text) => {
      expect(fault(text, { identifier: true })).toBeUndefined();
    },
  );

  it('C55 is found in a long text without backtracking', () => {
    const began = performance.now();
    for (const unit of ['a', '\u0301', 'a\u0301\u0301\u0301\u0301', '\uFE0F', 'aа', ' ', '\u200B'])
      fault(`${unit.repeat(50_000)}!`, { max: 1_000_000, identifier: true });
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('normal form', () => {
  it('F90 makes one letter of й and ё, however they were typed', () => {
    expect(normalizeText('и\u0306 е\u0308')).toBe('й ё');
  });

  it('leaves the fault of a text as it was, and normalizing twice changes nothing', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(text, (value) => {
        const once = normalizeText(value);
        expect(normalizeText(once)).toBe(once);
        const hidden = (one: string) => forbiddenCodePoints(one).length > 0;
        expect(hidden(once)).toBe(hidden(value));
      }),
    );
  });

  it('names every character it refuses, and none it accepts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), (value) => {
        const named = forbiddenCodePoints(value).length > 0;
        if (fault(value) === 'forbidden-characters') expect(named).toBe(true);
        if (fault(value, { multiline: true }) === undefined) expect(named && !/[\t\n]/.test(value)).toBe(false);
      }),
    );
  });
});
