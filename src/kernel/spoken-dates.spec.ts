import { expect, it } from '@jest/globals';
import { dateInWords } from './spoken-dates.js';

it('a day is written as each language writes it', () => {
  const { zh, ru } = dateInWords('2026-01-01');
  expect([zh, ru!.replaceAll(/\s/g, ' ')]).toEqual(['2026年1月1日', '1 января 2026 г.']);
});
