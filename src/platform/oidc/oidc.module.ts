import { Module } from '@nestjs/common';
import { Identities } from './identities.js';
import { OidcController } from './oidc.controller.js';
import { OpenIdProvider } from './open-id-provider.js';
import { OpenIdSignIn } from './open-id-sign-in.js';

/** Signing in through an OpenID provider, where one is configured. */
@Module({ controllers: [OidcController], providers: [OpenIdSignIn, OpenIdProvider, Identities] })
export class OidcModule {}
