import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '../kernel/problems.js';
import { Cursors } from './cursor.js';

const cursors = new Cursors('k'.repeat(32));
const ID = '01900000-0000-7000-8000-000000000001';

const refusal = (cursor: string, query = 'query', by = cursors): unknown => {
  try {
    return by.open(cursor, query);
  } catch (error) {
    return error instanceof Problem ? error.code : error;
  }
};

describe('page cursor', () => {
  it('comes back as it was sealed, whatever the key of the record', () => {
    const key = fc.string({ unit: 'grapheme', maxLength: 300 });
    fc.assert(
      fc.property(key, fc.uuid(), fc.string(), (sortKey, id, query) => {
        expect(cursors.open(cursors.seal({ key: sortKey, id }, query), query)).toEqual({ key: sortKey, id });
      }),
    );
  });

  it('holds the key of the longest title: a thousand rare ideographs', () => {
    const position = { key: '\u{2A6DF}'.repeat(1_000), id: ID };
    expect(cursors.open(cursors.seal(position, 'query'), 'query')).toEqual(position);
  });

  it('can stand in a URL as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (key) => {
        expect(cursors.seal({ key, id: ID }, 'query')).toMatch(/^[\w.-]+$/);
      }),
    );
  });

  it('B31 is refused with one bit flipped anywhere', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.integer({ min: 0, max: 6 }), (key, place, bit) => {
        const sealed = Buffer.from(cursors.seal({ key, id: ID }, 'query'));
        sealed[place % sealed.length]! ^= 1 << bit;
        expect(refusal(sealed.toString('latin1'))).toBe('request.invalid-cursor');
      }),
    );
  });

  it('B31 is refused with a character lost, added, or in the other case', () => {
    const sealed = cursors.seal({ key: '同江', id: ID }, 'query');
    for (const [index, character] of [...sealed].entries()) {
      const [before, after] = [sealed.slice(0, index), sealed.slice(index + 1)];
      const swapped = /[a-z]/.test(character) ? character.toUpperCase() : character.toLowerCase();
      for (const altered of [before + after, `${before}A${character}${after}`, before + swapped + after]) {
        if (altered !== sealed) expect(refusal(altered)).toBe('request.invalid-cursor');
      }
    }
  });

  it('B31 is refused for another query, and by another key', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (query, other) => {
        fc.pre(query !== other);
        expect(refusal(cursors.seal({ key: 'x', id: ID }, query), other)).toBe('request.invalid-cursor');
      }),
    );
    const foreign = new Cursors('K'.repeat(32));
    expect(refusal(foreign.seal({ key: 'x', id: ID }, 'query'))).toBe('request.invalid-cursor');
  });

  it.each([
    ['nothing', ''],
    ['three empty parts', '..'],
    ['an older version', '0.WyJ4IiwieSJd.x'],
    ['no signature', '1.WyJ4IiwieSJd'],
    ['an empty signature', '1.WyJ4IiwieSJd.'],
    ['a fourth part', `${cursors.seal({ key: 'x', id: ID }, 'query')}.x`],
    ['white space around', ` ${cursors.seal({ key: 'x', id: ID }, 'query')}`],
    ['a page number', '2'],
    ['4 kB', 'x'.repeat(4_096)],
    ['4 kB in three parts', `1.${'x'.repeat(4_000)}.${'y'.repeat(43)}`],
    ['a megabyte', 'x'.repeat(1_048_576)],
    ['SQL', "' or 1=1--"],
  ])('B31 is refused: %s', (_, cursor) => {
    expect(refusal(cursor)).toBe('request.invalid-cursor');
  });
});
