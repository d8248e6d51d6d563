/**
 * A real OpenID provider as a process of its own. Whoever comes is signed in as the subject that the request names in
 * `login_hint`, so that a test is the browser without having to fill in forms.
 * Started with `{client, people, claimsInToken}` as argument: the client's registration, the claims of each subject, and
 * whether the identity token holds them.
 */
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const { client, people, claimsInToken } = JSON.parse(process.argv[2]);

const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [client],
  claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: !claimsInToken,
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  cookies: { keys: ['a test'] },
  ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
  findAccount: (_, sub) => people[sub] && { accountId: sub, claims: () => ({ sub, ...people[sub] }) },
  // The portal is the provider's own: nobody is asked whether it may know the address.
  loadExistingGrant: async (ctx) => {
    const { client: known, session } = ctx.oidc;
    const grant = new ctx.oidc.provider.Grant({ clientId: known.clientId, accountId: session.accountId });
    grant.addOIDCScope('openid email');
    await grant.save();
    return grant;
  },
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/interaction/')) return next();
  const { params } = await provider.interactionDetails(ctx.req, ctx.res);
  const accountId = params.login_hint;
  const { amr } = people[accountId] ?? {};
  const result =
    accountId === 'refuses'
      ? { error: 'access_denied', error_description: 'no' }
      : { login: { accountId, ...(amr && { amr }) } };
  return provider.interactionFinished(ctx.req, ctx.res, result);
});

server.on('request', provider.callback());
process.send({ issuer });
process.on('message', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
