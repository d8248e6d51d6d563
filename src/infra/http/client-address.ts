import { isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i;

/** The address of a client in one form: an IPv4 address stays one where the socket maps it into IPv6. */
export const plainAddress = (address: string | undefined): string => {
  const text = address ?? '';
  return MAPPED.exec(text)?.[1] ?? text.toLowerCase();
};

/** The first four groups of an IPv6 address, written out. */
const networkOf = (address: string): string => {
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const [left, right] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean));
  const zeros = tail === undefined ? [] : Array<string>(8 - left!.length - right!.length).fill('0');
  return [...left!, ...zeros, ...right!]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
};

/**
 * What requests are counted by: an IPv4 address, or the /64 network that one household or office has of IPv6, in
 * which a client may take a new address for each request (hardening D66).
 */
export const countedAddress = (address: string): string =>
  isIPv6(address.split('%')[0]!) ? `${networkOf(address)}::/64` : address;
