import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import { Problem } from '../../kernel/problems.js';
import { methodGuard } from './method-guard.js';

const guard = methodGuard([
  { method: 'get', path: '/api/v1/tasks' },
  { method: 'get', path: '/api/v1/tasks/ledger' },
  { method: 'get', path: '/api/v1/tasks/{id}' },
  { method: 'patch', path: '/api/v1/tasks/{id}' },
  { method: 'get', path: '/api/v1/tasks/{id}/chain' },
]);

/** What becomes of a request: it goes on, is answered at once, or is refused with a code and what is allowed. */
const fate = (method: string, path: string): string => {
  let outcome = '';
  const response = {
    status: () => response,
    setHeader: (name: string, value: string) => {
      outcome = `${name}: ${value}`;
      return response;
    },
    end: () => response,
  };
  const next = (fault?: unknown) => {
    outcome = fault instanceof Problem ? `${fault.code} ${fault.options.headers?.Allow ?? ''}`.trim() : 'on';
  };
  void guard({ method, path } as Request, response as unknown as Response, next);
  return outcome;
};

describe('the method guard', () => {
  it.each([
    ['GET', '/api/v1/tasks', 'on'],
    ['HEAD', '/api/v1/tasks', 'on'],
    ['GET', '/api/v1/tasks/1', 'on'],
    ['GET', '/api/v1/tasks/1/chain', 'on'],
    // The task named "ledger" is nobody's, but only its route can say so.
    ['PATCH', '/api/v1/tasks/ledger', 'on'],
    ['POST', '/api/v1/tasks', 'route.method-not-allowed GET, HEAD, OPTIONS'],
    ['DELETE', '/api/v1/tasks/1', 'route.method-not-allowed GET, HEAD, OPTIONS, PATCH'],
    ['OPTIONS', '/api/v1/tasks/1', 'Allow: GET, HEAD, OPTIONS, PATCH'],
    ['OPTIONS', '/api/v1/task', 'route.not-found'],
    ['GET', '/api/v1/tasks/', 'route.not-found'],
    ['GET', '/api/v1/tasks//chain', 'route.not-found'],
    ['GET', '/api/v1/Tasks', 'route.not-found'],
    ['GET', '/', 'route.not-found'],
    ['GET', '*', 'route.not-found'],
  ])('%s %s → %s', (method, path, expected) => {
    expect(fate(method, path)).toBe(expected);
  });

  it('looks at a very long path only briefly', () => {
    const start = performance.now();
    for (let n = 0; n < 1_000; n += 1) expect(fate('GET', `/${'a/'.repeat(4_000)}`)).toBe('route.not-found');
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
