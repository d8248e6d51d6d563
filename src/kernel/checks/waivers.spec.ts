import { describe, expect, test } from '@jest/globals';
import type { Finding } from './finding.js';
import { isWaived, openFindings, type Waiver } from './waivers.js';

const finding: Finding = {
  check: 'end-punctuation',
  message: 'end-mark',
  severity: 'warning',
  language: 'ru',
  start: 5,
  end: 6,
  excerpt: '.',
  values: {},
};
const prints = { zh: 'a1', ru: 'b1' };
const { check, message, language, excerpt } = finding;
const waiver: Waiver = { check, message, language, excerpt, reason: 'заголовок печати', fingerprints: prints };

describe('a waiver', () => {
  test('lets a warning pass that it names, with a reason', () => {
    expect(isWaived(finding, [waiver], prints)).toBe(true);
    expect(openFindings([finding], [waiver], prints)).toEqual([]);
  });

  test('never lets an error pass', () => {
    expect(isWaived({ ...finding, severity: 'error' }, [waiver], prints)).toBe(false);
  });

  test('lapses when either text changes', () => {
    expect(isWaived(finding, [waiver], { ...prints, zh: 'a2' })).toBe(false);
    expect(isWaived(finding, [waiver], { ...prints, ru: 'b2' })).toBe(false);
  });

  test('without a reason, or for another finding, is none', () => {
    expect(isWaived(finding, [{ ...waiver, reason: '  ' }], prints)).toBe(false);
    expect(isWaived(finding, [{ ...waiver, excerpt: ';' }], prints)).toBe(false);
    expect(isWaived(finding, [{ ...waiver, check: 'spaces' }], prints)).toBe(false);
    expect(isWaived(finding, [], prints)).toBe(false);
  });
});
