import { expect, it } from '@jest/globals';
import { endOfKey } from './expiry.js';

const NOW = new Date('2026-11-24T15:00:00Z');

it.each([
  ['2026-11-24', '2026-11-25T00:00:00.000Z'],
  ['2026-12-31', '2027-01-01T00:00:00.000Z'],
  ['2027-12-29', '2027-12-30T00:00:00.000Z'],
])('a key whose last day is %s ends at %s', (day, end) => {
  expect(endOfKey(day, NOW)?.toISOString()).toBe(end);
});

it.each(['2026-11-23', '2025-11-24', '2027-12-30', '2199-01-01'])('no key ends on %s', (day) => {
  expect(endOfKey(day, NOW)).toBeUndefined();
});
