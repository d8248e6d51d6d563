import { Global, Module } from '@nestjs/common';
import { Mailer } from './mailer.js';

/** The portal's mail. */
@Global()
@Module({ providers: [Mailer], exports: [Mailer] })
export class MailModule {}
