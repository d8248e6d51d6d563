import { parseArgs } from 'node:util';
import { isId } from '../../kernel/ids.js';
import type { LanguageMap } from '../../kernel/languages.js';

/** What `npm run audit -- …` is asked to do. */
export type AuditCommand =
  /** Keys and file in the place of the portal's own. */
  | { verb: 'verify'; keys: string[]; heads: string | undefined }
  | { verb: 'erase'; account: string; reason: LanguageMap };

const LONGEST_REASON = 1_000;

/** A reason belongs to the language whose script it is written in. */
const reasonOf = (text: string): LanguageMap | undefined => {
  if (text.length > LONGEST_REASON || /\p{Cc}/u.test(text)) return undefined;
  if (/\p{Script=Han}/u.test(text)) return { zh: text };
  return /\p{Script=Cyrillic}/u.test(text) ? { ru: text } : undefined;
};

/**
 * Reads the words after `npm run audit --`.
 * @returns nothing where they are no command
 */
export const parseAuditCommand = (words: readonly string[]): AuditCommand | undefined => {
  const [verb, ...args] = words;
  try {
    if (verb === 'verify') {
      const options = { key: { type: 'string', multiple: true }, heads: { type: 'string' } } as const;
      const { key = [], heads } = parseArgs({ args, options }).values;
      return { verb, keys: key, heads };
    }
    if (verb !== 'erase') return undefined;
    const options = { account: { type: 'string' }, reason: { type: 'string' } } as const;
    const { account, reason = '' } = parseArgs({ args, options }).values;
    const stated = reasonOf(reason);
    return isId(account) && stated ? { verb, account, reason: stated } : undefined;
  } catch {
    return undefined;
  }
};
