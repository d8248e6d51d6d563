const DAY_MS = 86_400_000;

/** A key that nobody renews within a year and a month belongs to a system that nobody looks after. */
const MOST_DAYS = 400;

/**
 * The instant at which a key ends whose last day is given: midnight by UTC, since the two sides share no other clock.
 * @param lastDay an existing calendar day
 * @returns nothing for a day that is over, or further away than a key may be good for
 */
export const endOfKey = (lastDay: string, now: Date): Date | undefined => {
  const end = new Date(Date.parse(`${lastDay}T00:00:00Z`) + DAY_MS);
  const days = (end.getTime() - now.getTime()) / DAY_MS;
  return days > 0 && days <= MOST_DAYS + 1 ? end : undefined;
};
