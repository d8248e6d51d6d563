import { randomInt } from 'node:crypto';

/** Letters and digits that are not taken for one another when they are read off a screen. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 20;

/** A password that nobody has to think of: some 116 bits. */
export const randomPassword = (): string =>
  Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
