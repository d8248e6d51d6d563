import { Global, Module } from '@nestjs/common';
import { WorkingCalendars } from './working-calendars.js';
import { WorkingDaysController } from './working-days.controller.js';
import { WorkingDays } from './working-days.js';

/** Which days are worked on either bank. */
@Global()
@Module({
  controllers: [WorkingDaysController],
  providers: [WorkingCalendars, WorkingDays],
  exports: [WorkingCalendars],
})
export class CalendarsModule {}
