import { expect } from '@jest/globals';
import type { ProblemCode } from '../../../src/kernel/problems.js';
import type { Answer } from '../../support/portal.js';

/** Words of the machinery that no answer may hold (hardening G102). */
const LEAKS =
  /\b(select|insert into|delete from|alter table|relation|constraint|typeorm|node_modules|nestjs|express|pg-pool|class-validator|SyntaxError|TypeError|QueryFailed)\b|\.[jt]s:\d|\n\s+at |\/(work|home|src|dist|tmp)\//i;

const SCRIPTS = { zh: /\p{Script=Han}/u, ru: /\p{Script=Cyrillic}/u } as const;

/** `[status, code]` of an answer that has to be a problem. */
type Kind = readonly [status: number, code: ProblemCode];

/**
 * Whether an answer is a problem as every problem is: RFC 9457, its id that of the header, in the language asked for,
 * with a word on each fault and none on the machinery.
 * @param language what was asked for; `all` where nothing was
 */
export const expectProblem = (answer: Answer, [status, code]: Kind, language: 'zh' | 'ru' | 'all' = 'ru'): void => {
  expect([answer.status, answer.body?.code, answer.body?.errors?.[0]]).toEqual([
    status,
    code,
    answer.body?.errors?.[0],
  ]);
  const { headers, body } = answer;
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('content-language')).toBe({ zh: 'zh-Hans', ru: 'ru', all: 'zh-Hans, ru' }[language]);
  expect(body).toMatchObject({ type: `urn:portal:problem:${code}`, status, code });
  expect(body.requestId).toMatch(/^[\da-f-]{36}$/);
  if (headers.has('x-request-id')) expect(body.requestId).toBe(headers.get('x-request-id'));
  const words: string[] = [body.title, body.detail, ...(body.errors ?? []).map(({ message }: Message) => message)];
  for (const text of words) {
    for (const one of ['zh', 'ru'] as const) {
      expect([text, SCRIPTS[one].test(text)]).toEqual([text, language === 'all' || language === one]);
    }
  }
  // The names of the request's own members are its own words.
  expect(JSON.stringify({ ...body, errors: words })).not.toMatch(LEAKS);
};

type Message = { message: string };

/** `pointer code` or `parameter code` of each fault that an answer names. */
export const faultsOf = (answer: Answer): string[] =>
  (answer.body?.errors ?? []).map(
    ({ pointer, parameter, code }: Record<string, string>) => `${pointer ?? parameter} ${code}`,
  );

/** A request in Russian: what bad input is answered in, unless a test asks otherwise. */
export const IN_RUSSIAN = { 'Accept-Language': 'ru' } as const;
