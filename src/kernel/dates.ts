const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT =
  /^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Years that records of the portal can speak of; wider ones are slips of the keyboard. */
const EARLIEST_YEAR = 1900;
const LATEST_YEAR = 2200;

/** Whether a text is an existing calendar day, `YYYY-MM-DD`. */
export const isCalendarDate = (value: unknown): boolean => {
  const match = typeof value === 'string' ? DATE.exec(value) : null;
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < EARLIEST_YEAR || year > LATEST_YEAR) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** Whether a text is an instant with its offset (RFC 3339); a time without an offset is nobody's time. */
export const isInstant = (value: unknown): boolean =>
  typeof value === 'string' && INSTANT.test(value) && isCalendarDate(value.slice(0, 10));

/** Whether a name is a zone of the IANA time zone database. */
export const isTimeZone = (value: unknown): boolean => {
  if (typeof value !== 'string' || !value.includes('/')) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
};
