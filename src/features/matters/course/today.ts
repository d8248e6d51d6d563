import { localTimeOf } from '../../../kernel/civil-dates.js';

/**
 * Today as deadlines see it: a day is over when it is over on both banks, and it ends last on the Chinese one, which
 * lies furthest west (+8; the Russian regions of the cooperation have +9 and +10).
 */
export const deadlineDay = (now = Date.now()): string => localTimeOf(now, 'Asia/Shanghai').date;
