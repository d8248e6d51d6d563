import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nameHint, namesIn } from './chinese-names.js';

describe('names in a Chinese text', () => {
  it('are people before their office and places, in Pinyin and as Palladius writes them', () => {
    expect(namesIn('黑河市王晓明市长与李刚局长访问北京')).toEqual([
      { name: '北京', pinyin: 'Beijing', russian: 'Пекин' },
      { name: '王晓明', pinyin: 'Wang Xiaoming', russian: 'Ван Сяомин' },
      { name: '李刚', pinyin: 'Li Gang', russian: 'Ли Ган' },
      { name: '黑河', pinyin: 'Heihe', russian: 'Хэйхэ' },
    ]);
  });

  it('have settled forms, which no table gives', () => {
    expect(nameHint('哈尔滨')?.russian).toBe('Харбин');
    expect(nameHint('绥芬河')?.russian).toBe('Суйфэньхэ');
  });

  it('are not guessed where a character is not known', () => {
    expect(nameHint('龘龘')).toBeUndefined();
  });

  it('are looked for in any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void namesIn(text)));
  });
});
