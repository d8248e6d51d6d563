import { LANGUAGES, type Language, otherLanguage } from '../languages.js';
import { type Clock, clocksIn, sameTime, zonesIn } from './clock.js';
import { blot, type Day, daysIn } from './days.js';
import { withoutDocumentNumbers } from './document-numbers.js';
import type { Check, Found } from './finding.js';
import { groupedBy } from './grouping.js';
import { withoutCode } from './masking.js';

type Read<Item> = Record<Language, Item[]>;

/** Decades and centuries, which Russian writes as «1990-е» and with Roman figures. */
const ERAS = /\d{1,2}世纪(?:\d{2}年代)?|\d{2,4}年代/g;

const erasIn = (text: string) =>
  [...text.matchAll(ERAS)].map(({ 0: whole, index }) => ({ start: index, end: index + whole.length }));

/** Blots out dates and times, for those who look for other numbers. */
export const withoutDates = (language: Language, text: string): string =>
  blot(text, [...daysIn(language, text), ...clocksIn(language, text), ...zonesIn(language, text), ...erasIn(text)]);

const grain = ({ month, day }: Day): string => `${month ?? ''}-${day ?? ''}`;

const isYearOnly = ({ month }: Day): boolean => month === undefined;

/** Two names of one day; a year may be left to the context. */
const sameDay = (left: Day, right: Day): boolean =>
  grain(left) === grain(right) &&
  (left.year === right.year || (!isYearOnly(left) && (left.year === undefined || right.year === undefined)));

/** How far a time may stand from its date. */
const REACH = 16;

/** The instant of a day with its time and zone, in minutes. */
const instantOf = ({ year = 2000, month, day, end }: Day, clocks: readonly Clock[]): number | undefined => {
  const clock = clocks.find(({ start }) => start >= end && start - end <= REACH);
  if (!month || !day || !clock || typeof clock.zone !== 'number') return undefined;
  return Date.UTC(year, month - 1, day) / 60_000 + clock.minutes - clock.zone * 60;
};

const yearsOf = (text: string): Set<string> => new Set(text.match(/(?<!\d)\d{4}(?!\d)/g));

/** Days of one text that the other does not name. */
const unmet = (language: Language, days: Read<Day>, clocks: Read<Clock>, texts: Record<Language, string>): Day[] => {
  const other = otherLanguage(language);
  const byGrain = groupedBy(days[other], grain);
  const years = yearsOf(texts[other]);
  const allYears = new Set(days[other].map(({ year }) => year));
  const seen = new Set<string>();
  return days[language].filter((one) => {
    const key = `${one.year ?? ''}-${grain(one)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    if (isYearOnly(one)) return !years.has(String(one.year)) && !allYears.has(one.year);
    if ((byGrain.get(grain(one)) ?? []).some((two) => sameDay(one, two))) return false;
    const instant = instantOf(one, clocks[language]);
    return instant === undefined || !days[other].some((two) => instantOf(two, clocks[other]) === instant);
  });
};

const spanned = (language: Language, { start, end }: Day | Clock): Pick<Found, 'language' | 'start' | 'end'> => ({
  language,
  start,
  end,
});

/** Leftovers on both sides contradict each other; a leftover on one side is missing on the other. */
const faults = <Item extends Day | Clock>(left: Read<Item>, differs: 'date-differs' | 'time-differs'): Found[] => {
  const pairs = Math.min(left.zh.length, left.ru.length);
  return [
    ...left.ru.slice(0, pairs).map((one): Found => ({ severity: 'error', ...spanned('ru', one), message: differs })),
    ...LANGUAGES.flatMap((language) =>
      left[language]
        .slice(pairs)
        .map((one): Found => ({ severity: 'warning', ...spanned(language, one), message: 'date-missing' })),
    ),
  ];
};

const dayFaults = (days: Read<Day>, clocks: Read<Clock>, texts: Record<Language, string>): Found[] => {
  const left = { zh: unmet('zh', days, clocks, texts), ru: unmet('ru', days, clocks, texts) };
  const part = (wanted: boolean) => ({
    zh: left.zh.filter((one) => isYearOnly(one) === wanted),
    ru: left.ru.filter((one) => isYearOnly(one) === wanted),
  });
  return [...faults(part(false), 'date-differs'), ...faults(part(true), 'date-differs')];
};

/** More times than this in one text are a timetable, which is compared as far as here. */
const MOST_TIMES = 200;

const clockFaults = (all: Read<Clock>): Found[] => {
  const clocks = { zh: all.zh.slice(0, MOST_TIMES), ru: all.ru.slice(0, MOST_TIMES) };
  const left = {
    zh: clocks.zh.filter((one) => !clocks.ru.some((two) => sameTime(one, two))),
    ru: clocks.ru.filter((one) => !clocks.zh.some((two) => sameTime(one, two))),
  };
  const zoneless = LANGUAGES.flatMap((language) =>
    clocks[language]
      .filter(
        (one) =>
          one.zone === undefined &&
          clocks[otherLanguage(language)].some((two) => sameTime(one, two) && two.zone !== undefined) &&
          !clocks[otherLanguage(language)].some((two) => sameTime(one, two) && two.zone === undefined),
      )
      .map((one): Found => ({ severity: 'warning', ...spanned(language, one), message: 'time-zone' })),
  );
  return [...faults(left, 'time-differs'), ...zoneless];
};

/** Dates and times by value: 12月3日 is 3 декабря, 北京时间9:00 is 11:00 (UTC+10); a year may be left to the context. */
export const dates: Check = {
  id: 'dates',
  run: (pair) => {
    const texts = withoutDocumentNumbers({ zh: withoutCode(pair.zh), ru: withoutCode(pair.ru) });
    const days = { zh: daysIn('zh', texts.zh), ru: daysIn('ru', texts.ru) };
    const clocks = { zh: clocksIn('zh', texts.zh), ru: clocksIn('ru', texts.ru) };
    return [...dayFaults(days, clocks, texts), ...clockFaults(clocks)];
  },
};
