import { Global, Module } from '@nestjs/common';
import { Accounts } from '../accounts/accounts.js';
import { Passwords } from '../accounts/passwords.js';
import { SecondFactors } from '../accounts/second-factors.js';
import { AccessTokens } from './access-tokens.js';
import { Afterwards } from './afterwards.js';
import { AuthController } from './auth.controller.js';
import { FailedSignIns } from './failed-sign-ins.js';
import { OwnSessionsController } from './own-sessions.controller.js';
import { OwnSessions } from './own-sessions.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { SigningKeys } from './signing-keys.js';

/** Who has signed in: sessions and the tokens that speak for them. */
@Global()
@Module({
  controllers: [AuthController, OwnSessionsController],
  providers: [
    ...[Accounts, Passwords, SecondFactors, SigningKeys, AccessTokens],
    ...[Sessions, SignIn, FailedSignIns, Afterwards, OwnSessions],
  ],
  exports: [Accounts, Passwords, SecondFactors, SigningKeys, AccessTokens, Sessions, FailedSignIns],
})
export class AuthModule {}
