import { Module } from '@nestjs/common';
import { Housekeeping } from './housekeeping.js';

/** Removing what has expired. */
@Module({ providers: [Housekeeping] })
export class HousekeepingModule {}
