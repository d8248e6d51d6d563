import { Global, Module } from '@nestjs/common';
import { Accounts } from '../accounts/accounts.js';
import { AccessTokens } from './access-tokens.js';
import { Sessions } from './sessions.js';
import { SigningKeys } from './signing-keys.js';

/** Who has signed in: sessions and the tokens that speak for them. */
@Global()
@Module({
  providers: [Accounts, SigningKeys, AccessTokens, Sessions],
  exports: [Accounts, SigningKeys, AccessTokens, Sessions],
})
export class AuthModule {}
