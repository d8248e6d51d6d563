import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countedAddress, plainAddress } from './client-address.js';

describe('the address that requests are counted by', () => {
  it('D66 is that of the client, however the socket writes it', () => {
    expect(plainAddress('::ffff:1.2.3.4')).toBe('1.2.3.4');
    expect(plainAddress('::FFFF:1.2.3.4')).toBe('1.2.3.4');
    expect(plainAddress('2001:DB8::1')).toBe('2001:db8::1');
    expect(plainAddress(undefined)).toBe('');
  });

  it('D66 is one for a /64 of IPv6, and another for its neighbour', () => {
    expect(countedAddress('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(countedAddress('2001:db8:0:0:ffff::2%eth0')).toBe('2001:db8:0:0::/64');
    expect(countedAddress('2001:0db8:0:1::1')).toBe('2001:db8:0:1::/64');
    expect(countedAddress('::1')).toBe('0:0:0:0::/64');
  });

  it('D66 is the same for any two addresses of one /64', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16));
    fc.assert(
      fc.property(fc.tuple(group, group, group, group), fc.tuple(group, group, group, group), (network, host) => {
        const whole = countedAddress([...network, ...host].join(':'));
        expect(whole).toBe(countedAddress([...network, '0', '0', '0', '1'].join(':')));
      }),
    );
  });

  it('D66 is another for each IPv4 client', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), (a, b) => {
        expect(countedAddress(plainAddress(a)) === countedAddress(plainAddress(b))).toBe(a === b);
      }),
    );
  });
});
