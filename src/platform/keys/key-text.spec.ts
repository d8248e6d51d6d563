import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hashOfKey, isKeyOf, newKey, prefixOf } from './key-text.js';

describe('the text of a key', () => {
  it('begins with the prefix that names it, and no two are alike', () => {
    const keys = Array.from({ length: 200 }, newKey);
    for (const { key, prefix } of keys) expect(prefixOf(key)).toBe(prefix);
    expect(new Set(keys.map(({ key }) => key)).size).toBe(keys.length);
    expect(new Set(keys.map(({ prefix }) => prefix)).size).toBe(keys.length);
  });

  it('is told from every other text', () => {
    const { key } = newKey();
    const others = ['', 'hap', key.slice(1), key.slice(0, -1), `${key}x`, ` ${key}`, `${key}\n`, key.toUpperCase()];
    for (const other of others) expect(prefixOf(other)).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => prefixOf(text) === undefined));
  });

  it('is compared by its hash', () => {
    const [one, other] = [newKey().key, newKey().key];
    expect(isKeyOf(one, hashOfKey(one))).toBe(true);
    expect(isKeyOf(other, hashOfKey(one))).toBe(false);
  });
});
