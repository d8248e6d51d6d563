/** A code, key or cursor with other letters at its end, whatever its last ones were: one in a thousand ends in `AA` by itself. */
export const withAnotherEnd = (text: string): string => text.slice(0, -2) + (text.endsWith('AA') ? 'BB' : 'AA');
