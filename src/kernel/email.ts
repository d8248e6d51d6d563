const LONGEST = 254;
const LONGEST_LOCAL = 64;
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const isDomain = (domain: string): boolean => {
  const labels = domain.split('.');
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1)!);
};

/**
 * An address of electronic mail in the one form in which it is kept: lower-case ASCII. Letters that only look Latin,
 * quoted forms, comments and groups are refused (hardening F89, G100); domains of other scripts are written `xn--…`.
 * @returns `undefined` for anything else
 */
export const emailOf = (text: unknown): string | undefined => {
  if (typeof text !== 'string' || text.length > LONGEST) return undefined;
  const email = text.toLowerCase();
  const at = email.lastIndexOf('@');
  const local = email.slice(0, Math.max(at, 0));
  if (local.length > LONGEST_LOCAL || !LOCAL.test(local) || !isDomain(email.slice(at + 1))) return undefined;
  // Some capitals of other scripts become Latin letters: the Kelvin sign is no k.
  return /^[\x21-\x7e]+$/.test(text) ? email : undefined;
};
