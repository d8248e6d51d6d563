import { describe, expect, it } from '@jest/globals';
import { valuesIn } from './spoken-values.js';

describe('values of a text that is put into words later', () => {
  it('are those of the reader’s language, or of the other where there is only that', () => {
    const values = { name: { zh: '同江', ru: 'Тунцзян' }, only: { ru: 'Амур' }, nothing: {}, count: 3, date: '2026' };
    expect(valuesIn('zh', values)).toEqual({ name: '同江', only: 'Амур', nothing: '', count: 3, date: '2026' });
    expect(valuesIn('ru', values)).toMatchObject({ name: 'Тунцзян', only: 'Амур' });
  });
});
