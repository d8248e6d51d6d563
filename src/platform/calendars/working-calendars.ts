import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { projectFolder } from '../../infra/config/config.js';
import { SIDES } from '../../kernel/actor.js';
import { type Calendars, calendarKey, type YearCalendar } from '../../kernel/working-days.js';

/** Folder of the reviewed calendars, `{side}/{year}.json`. */
export const CALENDARS_FOLDER = join(projectFolder, 'calendars');

/**
 * The working calendars of both sides as they lie in `calendars/`. A year without a file is unknown: its decree has not
 * been issued, or nobody has checked it yet.
 */
export const readCalendars = (folder: string): Calendars =>
  new Map(
    SIDES.flatMap((side) =>
      readdirSync(join(folder, side)).map((file) => {
        const calendar = JSON.parse(readFileSync(join(folder, side, file), 'utf8')) as YearCalendar;
        return [calendarKey(side, calendar.year), calendar] as const;
      }),
    ),
  );

/** The calendars that the portal counts by, read once. */
@Injectable()
export class WorkingCalendars {
  readonly all: Calendars = readCalendars(CALENDARS_FOLDER);
}
