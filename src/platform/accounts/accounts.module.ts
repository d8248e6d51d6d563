import { Module } from '@nestjs/common';
import { AccountCommands } from './account-commands.js';
import { AccountDirectory } from './account-directory.js';
import { AccountsController } from './accounts.controller.js';
import { DemoAccounts } from './demo-accounts.js';
import { InvitationsController } from './invitations.controller.js';
import { Invitations } from './invitations.js';
import { MeController } from './me.controller.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { OwnAccount } from './own-account.js';
import { OwnSecondFactor } from './own-second-factor.js';
import { PasswordResets } from './password-resets.js';
import { Registrations } from './registrations.js';
import { WaysInController } from './ways-in.controller.js';

/** Accounts: the ways to one, one's own, and those that administrators look after. */
@Module({
  controllers: [WaysInController, MeController, AccountsController, InvitationsController],
  providers: [
    ...[AccountCommands, AccountDirectory, DemoAccounts, Invitations, OneTimeTokens],
    ...[OwnAccount, OwnSecondFactor, PasswordResets, Registrations],
  ],
})
export class AccountsModule {}
