import type { Language } from '../languages.js';
import { blot } from './days.js';

/** A time of day with its zone: hours east of Greenwich, `local` where a text says no more than that. */
export type Clock = { minutes: number; zone?: number | 'local'; start: number; end: number };

const ZH_TIME =
  /(上午|下午|晚上|晚间|傍晚|中午|凌晨)?(?<![\d:：.])(\d{1,2})(?:[:：](\d{2})(?![:：\d])|(?:时(?![间代期刻段候长速])|点(?=\d{1,2}分|半|整|[，。；、）至—前后开起到-]|$))(?:(\d{1,2})分|(半))?)/g;
const RU_TIME =
  /(?<![\d:.])(\d{1,2})(?::(\d{2})(?![:\d])|[ \u00A0](?:ч\.|час\p{L}{0,3})(?:[ \u00A0](\d{1,2})[ \u00A0]мин\p{L}{0,4}\.?)?)(?:[ \u00A0](утра|дня|вечера|ночи))?/gu;
/** Instants as programs write them: 2026-05-20T09:00:00+08:00. */
const INSTANT = /(?<=\d)T(\d{2}):(\d{2})(?::\d{2}(?:\.\d{1,9})?)?(?:([+-]\d{2}):?\d{2}|Z)/g;
/** «в 9 часов» is a time, «8 часов» a duration. */
const AT = /(?<!\p{L})(?:в|во|к|с|до|после|около)[ \u00A0]$/iu;

type ZoneName = [pattern: string, zone: number | 'local'];
const ZONES: Record<Language, ZoneName[]> = {
  zh: [
    ['北京时间', 8],
    ['莫斯科时间', 3],
    ['(?:布拉戈维申斯克|阿穆尔州?|雅库茨克)时间', 9],
    ['(?:比罗比詹|犹太自治州|哈巴罗夫斯克|符拉迪沃斯托克|海参崴)时间', 10],
    ['(?:当地|俄罗斯当地|俄方当地)时间', 'local'],
  ],
  ru: [
    ['(?:по[ \\u00A0])?пекинск\\p{L}+[ \\u00A0]врем\\p{L}+|по[ \\u00A0]Пекину', 8],
    ['(?:по[ \\u00A0])?московск\\p{L}+[ \\u00A0]врем\\p{L}+|по[ \\u00A0]Москве|МСК', 3],
    ['(?:по[ \\u00A0])?(?:благовещенск|амурск|якутск)\\p{L}+[ \\u00A0]врем\\p{L}+|по[ \\u00A0]Благовещенску', 9],
    [
      '(?:по[ \\u00A0])?(?:биробиджанск|хабаровск|владивостокск)\\p{L}+[ \\u00A0]врем\\p{L}+|по[ \\u00A0](?:Биробиджану|Хабаровску|Владивостоку)',
      10,
    ],
    ['(?:по[ \\u00A0])?местн\\p{L}+[ \\u00A0]врем\\p{L}+', 'local'],
  ],
};
const OFFSET = '(?:UTC|GMT|ГМТ)[ \\u00A0]?[+＋]?(\\d{1,2})(?!\\d)';
const ZONE_PATTERNS = Object.fromEntries(
  (['zh', 'ru'] as const).map((language) => [
    language,
    new RegExp(`${ZONES[language].map(([pattern]) => `(${pattern})`).join('|')}|${OFFSET}`, 'gu'),
  ]),
) as Record<Language, RegExp>;

/** How far from its time the name of a zone may stand. */
const REACH = 24;
const RANGE = /^\s?(?:[–—~～至到-]|до|по)\s?$/;

const minutesOf = (hours: number, minutes: number, half: string | undefined): number => {
  const afternoon = /^(下午|晚上|晚间|傍晚|дня|вечера)$/.test(half ?? '') && hours < 12;
  return (hours + (afternoon ? 12 : 0)) * 60 + minutes;
};

const instants = (text: string): Clock[] =>
  [...text.matchAll(INSTANT)].map(({ 0: whole, 1: hours, 2: minutes, 3: zone, index }) => ({
    minutes: Number(hours) * 60 + Number(minutes),
    zone: Number(zone ?? 0),
    start: index,
    end: index + whole.length,
  }));

const bareClocks = (language: Language, text: string): Clock[] => {
  const matches = [...text.matchAll(language === 'zh' ? ZH_TIME : RU_TIME)];
  const clocks = matches.flatMap((match): Clock[] => {
    const start = match.index;
    const span = { start, end: start + match[0].length };
    if (language === 'zh') {
      const [, half, hours, minutes, spoken, thirty] = match;
      return [{ minutes: minutesOf(Number(hours), Number(minutes ?? spoken ?? (thirty ? 30 : 0)), half), ...span }];
    }
    const [whole, hours, minutes, spoken, half] = match;
    if (!whole.includes(':') && !AT.test(text.slice(Math.max(0, start - 8), start))) return [];
    return [{ minutes: minutesOf(Number(hours), Number(minutes ?? spoken ?? 0), half), ...span }];
  });
  return clocks.filter(({ minutes }) => minutes <= 24 * 60);
};

type Zone = { zone: number | 'local'; start: number; end: number };

/** Where a text names zones. */
export const zonesIn = (language: Language, text: string): Zone[] =>
  [...text.matchAll(ZONE_PATTERNS[language])].map((match) => {
    const offset = match.at(-1);
    const named = ZONES[language].findIndex((_, at) => match[at + 1] !== undefined);
    const zone = offset !== undefined ? Number(offset) : ZONES[language][named]![1];
    return { zone, start: match.index, end: match.index + match[0].length };
  });

const gap = (left: { start: number; end: number }, right: { start: number; end: number }): number =>
  left.end <= right.start ? right.start - left.end : left.start - right.end;

/** Every time of day in a text; a zone goes to the time nearest to it, and through a range to its other end. */
export const clocksIn = (language: Language, whole: string): Clock[] => {
  const exact = instants(whole);
  const text = blot(whole, exact);
  const clocks = bareClocks(language, text);
  let from = 0;
  for (const { zone, ...span } of zonesIn(language, text)) {
    while (from < clocks.length - 1 && clocks[from]!.end < span.start - REACH) from += 1;
    const near = clocks.slice(from, from + 6).filter((clock) => gap(clock, span) <= REACH && clock.zone === undefined);
    const nearest = near.sort((a, b) => gap(a, span) - gap(b, span))[0];
    if (nearest) nearest.zone = zone;
  }
  for (let at = 1; at < clocks.length; at += 1) {
    const [left, right] = [clocks[at - 1]!, clocks[at]!];
    if (!RANGE.test(text.slice(left.end, right.start).slice(0, 8))) continue;
    if (left.zone === undefined && right.zone !== undefined) left.zone = right.zone;
    else if (right.zone === undefined && left.zone !== undefined) right.zone = left.zone;
  }
  return [...clocks, ...exact].sort((a, b) => a.start - b.start);
};

const DAY = 24 * 60;
const modulo = (minutes: number): number => ((minutes % DAY) + DAY) % DAY;

/** Whether two times are one: by the world's clock where both zones are known, otherwise by their own. */
export const sameTime = (left: Clock, right: Clock): boolean => {
  const known = typeof left.zone === 'number' && typeof right.zone === 'number';
  if (known) return modulo(left.minutes - Number(left.zone) * 60) === modulo(right.minutes - Number(right.zone) * 60);
  // The Russian bank is one or two hours ahead of Beijing.
  const ahead = (beijing: Clock, local: Clock) =>
    beijing.zone === 8 && local.zone === 'local' && [60, 120].includes(modulo(local.minutes - beijing.minutes));
  const across = [left.zone, right.zone].includes(8) && [left.zone, right.zone].includes('local');
  return across ? ahead(left, right) || ahead(right, left) : left.minutes === right.minutes;
};
