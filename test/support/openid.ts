import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Claims of the provider's people, by subject. */
export type People = Record<string, { email?: string; email_verified?: boolean; amr?: string[] }>;

export type TestProvider = {
  /** The settings with which a portal uses the provider. */
  settings: { issuer: string; clientId: string; clientSecret: string };
  close(): Promise<void>;
};

const CLIENT = { clientId: 'portal', clientSecret: 'the secret of the portal' };

/** The origin that portals under test call their own; nothing listens there, the test plays the browser. */
const PUBLIC_URL = 'http://127.0.0.1:3000';

/**
 * Starts a real OpenID provider.
 * @param claimsInToken whether the identity token holds all claims, or people are asked about separately
 */
export const startProvider = async (people: People, claimsInToken = false): Promise<TestProvider> => {
  const client = {
    client_id: CLIENT.clientId,
    client_secret: CLIENT.clientSecret,
    redirect_uris: [`${PUBLIC_URL}/api/v1/auth/oidc/callback`],
  };
  const file = fileURLToPath(new URL('./openid-provider.mjs', import.meta.url));
  const child: ChildProcess = fork(file, [JSON.stringify({ client, people, claimsInToken })], {
    // It warns of keys and a store that no real provider should use.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const told = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => undefined)]);
  if (!told) throw new Error('the provider ended before it listened');
  const [message] = told as [{ issuer: string }];
  return {
    settings: { issuer: message.issuer, ...CLIENT },
    close: async () => {
      child.send('stop');
      await once(child, 'exit');
    },
  };
};

/** A browser as far as signing in needs one: it keeps cookies for each origin, and follows no link by itself. */
export class Browser {
  private readonly jars = new Map<string, Map<string, string>>();

  async get(url: string, headers: Record<string, string> = {}): Promise<Response> {
    const jar = this.jarOf(url);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { 'Accept-Language': '', Cookie: cookie, ...headers },
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(set)) jar.delete(name!);
      else jar.set(name!, value!);
    }
    return response;
  }

  /** Follows the provider's pages up to the address with which it sends the browser back. */
  async signInAt(authorizationUrl: string, subject: string): Promise<URL> {
    let url = new URL(authorizationUrl);
    url.searchParams.set('login_hint', subject);
    for (let step = 0; step < 10 && url.origin !== PUBLIC_URL; step += 1) {
      const response = await this.get(url.href);
      const location = response.headers.get('location');
      if (!location) throw new Error(`the provider stops at ${url.pathname}: ${await response.text()}`);
      url = new URL(location, url);
    }
    return url;
  }

  cookie(url: string, name: string): string | undefined {
    return this.jarOf(url).get(name);
  }

  private jarOf(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    return jar;
  }
}
