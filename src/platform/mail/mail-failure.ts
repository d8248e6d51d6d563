import { HopelessJob } from '../jobs/job-kinds.js';

/** What a mail transport says of a failure. */
type SmtpFault = { code?: string; command?: string; response?: string; responseCode?: number; message?: string };

const LONGEST_REASON = 300;

/** Answers to these say something of the letter; those to others, of the server or of how it is asked. */
const ABOUT_THE_LETTER = new Set(['EENVELOPE', 'EMESSAGE']);

/** A server's words without addresses, which the log and the list of failed jobs must not hold. */
const withoutAddresses = (text: string): string =>
  text
    .replace(/[^\s<>@]+@[^\s<>@]+/g, '…')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .slice(0, LONGEST_REASON);

/**
 * A failure to send as an outcome of a job. A server that refuses the letter for good (5xx) would refuse it again;
 * everything else (4xx such as greylisting, a refused sign-in, a server that is away or silent) passes or is mended.
 */
export const mailFailure = (error: unknown): Error => {
  const { code = '', responseCode = 0, response, message = '' } = error as SmtpFault;
  const reason = withoutAddresses(response ?? `${code} ${message}`);
  if (ABOUT_THE_LETTER.has(code) && responseCode >= 500) return new HopelessJob(`the server refused it: ${reason}`);
  return new Error(`the server did not take it: ${reason}`);
};
