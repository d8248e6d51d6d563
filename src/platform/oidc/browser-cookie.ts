import { parseCookie, stringifySetCookie } from 'cookie';

const NAME = 'portal_oidc';

/** How long a browser may stay with the provider. */
export const SIGN_IN_SECONDS = 600;

/**
 * `Set-Cookie` value that marks the browser in which a sign-in began. It has to come along when the provider's page
 * leads back here, hence `Lax`.
 * @param token an empty one takes the cookie back
 */
export const browserCookie = (token: string, publicUrl: string): string =>
  stringifySetCookie({
    name: NAME,
    value: token,
    maxAge: token === '' ? 0 : SIGN_IN_SECONDS,
    path: '/api/v1/auth/oidc',
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
  });

/** The mark in a `Cookie` header; none is an empty text. */
export const browserOf = (cookies: string | undefined): string => parseCookie(cookies ?? '')[NAME] ?? '';
