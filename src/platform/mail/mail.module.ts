import { Global, Module } from '@nestjs/common';
import { Afterwards } from './afterwards.js';
import { Mailer } from './mailer.js';

/** The portal's mail and other work that follows an answer. */
@Global()
@Module({ providers: [Afterwards, Mailer], exports: [Afterwards, Mailer] })
export class MailModule {}
