import type { IncomingMessage } from 'node:http';
import { problem } from '../../kernel/problems.js';

/**
 * Refuses a request that a page of another origin sends along with the portal's cookies (hardening D72). Programs
 * other than browsers send neither header; a page in a sandbox sends the origin `null`, which is nobody's.
 * @param publicUrl origin under which the portal is reached
 * @throws `auth.foreign-origin`
 */
export const mustBeOfThisOrigin = ({ headers, method }: IncomingMessage, publicUrl: string): void => {
  // A link from elsewhere may lead here; what it may not do is change something.
  if (method === 'GET' || method === 'HEAD') return;
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  const foreignOrigin = origin !== undefined && origin !== publicUrl;
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (foreignOrigin || foreignSite) throw problem('auth.foreign-origin');
};
