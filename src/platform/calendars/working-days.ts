import { Injectable } from '@nestjs/common';
import { languagesOf } from '../../infra/http/negotiation.js';
import { SIDES, type Side } from '../../kernel/actor.js';
import { daysBetween, daysFrom } from '../../kernel/civil-dates.js';
import { isCalendarDate } from '../../kernel/dates.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import type { LanguageChoice, LanguageMap } from '../../kernel/languages.js';
import { type FieldErrorCode, problem } from '../../kernel/problems.js';
import { workingDayOf } from '../../kernel/working-days.js';
import { Code, DateOnly, Items, Localized } from '../../resource/fields.js';
import { jsonReply } from '../../resource/reply.js';
import type { LocalizedText } from '../../resource/values.js';
import { WorkingCalendars } from './working-calendars.js';

/** What one day is at work on one side. */
export class WorkingDayEntry {
  @DateOnly({ required: true })
  date: string;

  @Code('side', { required: true })
  side: Side;

  @Code('workingDayStatus', { required: true })
  status: string;

  /** The holiday, or why the day is worked or free. */
  @Localized()
  name: LocalizedText | null;

  /** Decree and law that say so; none of a year that is unknown. */
  @Localized()
  source: LocalizedText | null;
}

/** The days from one to another, day by day, each on the sides that were asked for. */
export class WorkingDayList {
  @Items(() => WorkingDayEntry)
  items: WorkingDayEntry[];
}

/** Names of the parameters. */
export const WORKING_DAY_PARAMETERS = ['side', 'from', 'to'] as const;

/** Longest range: two leap years. */
const MOST_DAYS = 732;

const refused = (parameter: string, code: FieldErrorCode) =>
  problem('request.invalid-parameter', { errors: [{ parameter, code }] });

const dayOf = (parameters: ReadonlyMap<string, string>, name: string): string => {
  const value = parameters.get(name);
  if (value === undefined) throw refused(name, 'required');
  if (!isCalendarDate(value)) throw refused(name, 'invalid-date');
  return value;
};

const sidesOf = (side: string | undefined): readonly Side[] => {
  if (side === undefined) return SIDES;
  const known = SIDES.filter((one) => one === side);
  if (known.length === 0) throw refused('side', 'unknown-code');
  return known;
};

/** A text in the languages that were asked for. */
const inLanguages = (text: LanguageMap | null, choice: LanguageChoice): LanguageMap | null =>
  text && Object.fromEntries(languagesOf(choice).map((language) => [language, text[language]]));

/** Tells which days are worked on either bank. */
@Injectable()
export class WorkingDays {
  constructor(private readonly calendars: WorkingCalendars) {}

  /** @throws `request.invalid-parameter` */
  list({ parameters, choice }: Ask): Reply {
    const sides = sidesOf(parameters.get('side'));
    const [from, to] = [dayOf(parameters, 'from'), dayOf(parameters, 'to')];
    if (from > to) throw refused('to', 'order-of-dates');
    if (daysBetween(from, to) >= MOST_DAYS) throw refused('to', 'invalid-value');
    const items = daysFrom(from, to)
      .flatMap((date) => sides.map((side) => workingDayOf(this.calendars.all, side, date)))
      .map(({ name, source, ...day }) => ({
        ...{ ...day, name: inLanguages(name, choice), source: inLanguages(source, choice) },
      }));
    return jsonReply(JSON.stringify({ items }), choice);
  }
}
