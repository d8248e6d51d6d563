import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { localPath } from './local-path.js';

describe('where a browser is sent after signing in', () => {
  it.each([
    ['/', '/'],
    ['/docs', '/docs'],
    ['/docs/ru?tag=leads#top', '/docs/ru?tag=leads#top'],
    ['/a/../docs', '/docs'],
    ['/docs?back=https://example.org//x', '/docs?back=https://example.org//x'],
    ['/docs?q=100%25', '/docs?q=100%25'],
    ['/项目', '/%E9%A1%B9%E7%9B%AE'],
  ])('is %s', (target, path) => {
    expect(localPath(target)).toBe(path);
  });

  it.each([
    '',
    'docs',
    '//evil.example',
    '///evil.example',
    '\\evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/.//evil.example',
    '/%2e//evil.example',
    '/a/..//evil.example',
    '/%2fevil.example',
    '/%2F%2Fevil.example',
    '/%252fevil.example',
    '/%25252fevil.example',
    '/%5cevil.example',
    '/%255cevil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/%09/evil.example',
    '/%0d%0aSet-Cookie:x=1',
    '/%zz',
    ' /docs',
    `/${'a'.repeat(500)}`,
  ])('D71 is never %j', (target) => {
    expect(localPath(target)).toBeUndefined();
  });

  it('D71 is on the portal, whatever is asked for', () => {
    const part = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '%2f',
      '%5c',
      '%2e',
      '@',
      ':',
      '?',
      '#',
      'evil.example',
      'https:',
      ' ',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const path = localPath(`/${parts.join('')}`);
        for (const base of ['https://portal.example', 'http://127.0.0.1:3000/api/v1/auth/oidc/callback']) {
          if (path !== undefined) expect(new URL(path, base).origin).toBe(new URL(base).origin);
        }
        if (path !== undefined) expect(path).toMatch(/^\/(?!\/)[\x21-\x7e]*$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
