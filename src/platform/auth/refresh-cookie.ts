import { parseCookie, stringifySetCookie } from 'cookie';

/** Name of the cookie with the refresh token. */
const REFRESH_COOKIE = 'portal_refresh';

/**
 * The whole `Set-Cookie` value that hands a refresh token to a browser: out of reach of its pages and sent back to
 * the sign-in routes of this portal alone.
 * @param token an empty one takes the cookie back
 */
export const refreshCookie = (token: string, maxAgeSeconds: number, publicUrl: string): string =>
  stringifySetCookie({
    name: REFRESH_COOKIE,
    value: token,
    maxAge: token === '' ? 0 : maxAgeSeconds,
    path: '/api/v1/auth',
    httpOnly: true,
    sameSite: 'strict',
    secure: publicUrl.startsWith('https:'),
  });

/** The refresh token of a `Cookie` header, if it holds one. */
export const refreshTokenOf = (cookies: string | undefined): string | undefined =>
  parseCookie(cookies ?? '')[REFRESH_COOKIE] || undefined;
