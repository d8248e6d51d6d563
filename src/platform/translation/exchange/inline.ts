import type { Element } from '@xmldom/xmldom';
import { NOT_IN_XML } from '../../../kernel/xml-text.js';

/** A stretch of a text: words, a placeholder that stays as it is, or a character that XML cannot hold. */
export type Part = { kind: 'words' | 'placeholder' | 'character'; value: string };

/** The same placeholders that the checks compare. */
const PLACEHOLDER = /\{\{[^{}]*\}\}|\$t\([^()]*\)/;
const SPECIAL = new RegExp(`(${PLACEHOLDER.source}|${NOT_IN_XML.source})`);

/** A text in stretches; put together again they are the text. */
const partsOf = (text: string): Part[] =>
  text
    .split(SPECIAL)
    .map((value, n): Part => {
      if (n % 2 === 0) return { kind: 'words', value };
      return { kind: NOT_IN_XML.test(value) ? 'character' : 'placeholder', value };
    })
    .filter(({ value }) => value !== '');

/** Four hexadecimal figures of a character. */
export const hexOf = (character: string): string => character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');

/** The character of such figures; nothing where they are none. */
export const characterOf = (hex: string | null): string =>
  hex && /^[0-9A-Fa-f]{1,6}$/.test(hex) && Number.parseInt(hex, 16) <= 0x10ffff
    ? String.fromCodePoint(Number.parseInt(hex, 16))
    : '';

/** What marks an element that stands for a character which XML cannot hold. */
export const CODE_POINT = 'x-code-point';

/**
 * The text of an element: of marks and groups only what they hold, of a `sub` nothing, since it is no part of the text.
 * @param attribute that says of an element what it stands for, which each format calls its own way
 */
export const textBelow = (element: Element, attribute: 'type' | 'ctype'): string =>
  [...element.childNodes]
    .map((node) => {
      if (node.nodeType !== 1) return node.nodeValue ?? '';
      const child = node as Element;
      if (child.localName === 'sub') return '';
      const isCharacter = child.getAttribute(attribute) === CODE_POINT;
      return isCharacter ? characterOf(child.textContent) : textBelow(child, attribute);
    })
    .join('');

/** Gives numbers to the placeholders of a pair: one that stands in both texts has one number in both. */
export class PlaceholderNumbers {
  private readonly numbers = new Map<string, number>();

  /** @param nth how often the same placeholder came before in the same text */
  of(placeholder: string, nth: number): number {
    const key = `${nth}/${placeholder}`;
    const known = this.numbers.get(key) ?? this.numbers.size + 1;
    this.numbers.set(key, known);
    return known;
  }

  /** Every placeholder by its number. */
  all(): [number, string][] {
    return [...this.numbers].map(([key, number]) => [number, key.slice(key.indexOf('/') + 1)]);
  }
}

/** Writes a text in stretches, each as the format has it. */
export const writeParts = (
  text: string,
  numbers: PlaceholderNumbers,
  write: Record<Part['kind'], (value: string, number: number) => string>,
): string => {
  const seen = new Map<string, number>();
  return partsOf(text)
    .map(({ kind, value }) => {
      if (kind !== 'placeholder') return write[kind](value, 0);
      const nth = seen.get(value) ?? 0;
      seen.set(value, nth + 1);
      return write.placeholder(value, numbers.of(value, nth));
    })
    .join('');
};
