import { IsOptional } from 'class-validator';
import { Column } from 'typeorm';
import { isId } from '../kernel/ids.js';
import type { LanguageMap } from '../kernel/languages.js';
import { CURRENCIES, EXACTNESS, isAmount, saysOneSize, UNITS } from '../kernel/quantities.js';
import { type TextRules, textFault } from '../kernel/text.js';
import { Check } from './checks.js';

/** Value classes that fields are made of: their columns, and the rules for what a request may put into them. */

/** A related record: `{id}` in requests, `{id, name}` in answers. */
export class Reference {
  @Check('invalid-id', isId)
  id: string;
}

export type LocalizedText = LanguageMap;

const isText = (rules: TextRules, code: string) => (value: unknown) => textFault(value, rules) !== code;
const TEXT_FAULTS = [
  'wrong-type',
  'too-short',
  'too-long',
  'forbidden-characters',
  'too-many-marks',
  'mixed-scripts',
] as const;

/** The rules of a text, one check per fault so that the answer names the fault. */
export const textChecks = (rules: TextRules, each = false): PropertyDecorator[] =>
  TEXT_FAULTS.map((code) => Check(code, isText(rules, code), { values: { max: rules.max }, each }));

/** Applies decorators one after another to one member. */
export const decorate = (target: object, name: string | symbol, decorators: PropertyDecorator[]): void => {
  for (const decorator of decorators) decorator(target, name);
};

const localizedClasses = new Map<string, new () => LocalizedText>();

/** The class of a language map with the given limits: two columns, `…_zh` and `…_ru`. */
export const localizedTextClass = (rules: TextRules): (new () => LocalizedText) => {
  const key = `${rules.max}/${rules.multiline ?? false}`;
  const known = localizedClasses.get(key);
  if (known) return known;
  class LocalizedTextValue {
    zh?: string;
    ru?: string;
  }
  for (const language of ['zh', 'ru'] as const) {
    decorate(LocalizedTextValue.prototype, language, [
      Column('text', { nullable: true }),
      IsOptional(),
      ...textChecks(rules),
    ]);
  }
  localizedClasses.set(key, LocalizedTextValue);
  return LocalizedTextValue;
};

/** Several texts per language, such as the short and former names of a place. */
export class LocalizedList {
  @Column('text', { array: true, nullable: true })
  @IsOptional()
  @Check('wrong-type', Array.isArray)
  @Check('too-many', (list) => !Array.isArray(list) || list.length <= 20, { values: { max: 20 } })
  zh?: string[];

  @Column('text', { array: true, nullable: true })
  @IsOptional()
  @Check('wrong-type', Array.isArray)
  @Check('too-many', (list) => !Array.isArray(list) || list.length <= 20, { values: { max: 20 } })
  ru?: string[];
}
for (const language of ['zh', 'ru']) decorate(LocalizedList.prototype, language, textChecks({ max: 200 }, true));

const isOptionalNumber = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'number' && Number.isFinite(value) && value >= 0);

/** A size as it was said: `{value | min, max, unit, exactness}` (domain: "Common to every record"). */
export class Quantity {
  @Column('numeric', { nullable: true })
  @Check('wrong-type', isOptionalNumber)
  value?: number | null;

  @Column('numeric', { nullable: true })
  @Check('wrong-type', isOptionalNumber)
  min?: number | null;

  @Column('numeric', { nullable: true })
  @Check('wrong-type', isOptionalNumber)
  max?: number | null;

  @Column('text', { nullable: true })
  @Check('unknown-code', (unit) => (UNITS as readonly unknown[]).includes(unit), { values: { vocabulary: 'unit' } })
  unit: string;

  @Column('text', { nullable: true })
  @Check('unknown-code', (exactness) => (EXACTNESS as readonly unknown[]).includes(exactness), {
    values: { vocabulary: 'exactness' },
  })
  @Check('invalid-quantity', (_, size) => saysOneSize(size as Quantity))
  exactness: string;
}

const isOptionalAmount = (value: unknown): boolean => value === undefined || value === null || isAmount(value);

/** A sum of money as it was said: decimal strings with an ISO 4217 code. */
export class Money {
  @Column('numeric', { precision: 18, scale: 2, nullable: true })
  @Check('invalid-amount', isOptionalAmount)
  amount?: string | null;

  @Column('numeric', { precision: 18, scale: 2, nullable: true })
  @Check('invalid-amount', isOptionalAmount)
  min?: string | null;

  @Column('numeric', { precision: 18, scale: 2, nullable: true })
  @Check('invalid-amount', isOptionalAmount)
  max?: string | null;

  @Column('text', { nullable: true })
  @Check('invalid-currency', (currency) => (CURRENCIES as readonly unknown[]).includes(currency))
  currency: string;

  @Column('text', { nullable: true })
  @Check('unknown-code', (exactness) => (EXACTNESS as readonly unknown[]).includes(exactness), {
    values: { vocabulary: 'exactness' },
  })
  @Check('invalid-quantity', (_, sum) => {
    const { amount, min, max, exactness } = sum as Money;
    return saysOneSize({ value: amount, min, max, exactness });
  })
  exactness: string;
}
