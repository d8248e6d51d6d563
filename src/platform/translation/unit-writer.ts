import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { can } from '../../kernel/access.js';
import type { Actor } from '../../kernel/actor.js';
import type { Ask } from '../../kernel/exchange.js';
import { type Language, type LanguageMap, otherLanguage } from '../../kernel/languages.js';
import { problem } from '../../kernel/problems.js';
import { resourceOf } from '../../resource/spec.js';
import { Stores } from '../../resource/stores.js';
import { wrongState } from './unit-changes.js';
import { mustBeFree } from './unit-steps.js';
import { type SeenUnit, seenUnit } from './unit-tag.js';
import { mayWriteUnit, type OpenUnit, personOf, textsOf } from './units.js';

/** A text for a unit: in its language, and made from the original with that fingerprint. */
export type NewText = { unit: OpenUnit; text: string; seen?: string };

/** Writes texts of units through the store of their records, so that version, trail and feed follow. */
@Injectable()
export class UnitWriter {
  constructor(private readonly stores: Stores) {}

  /**
   * The text that a person sends for one unit, whose record the caller has locked.
   * @throws `resource.precondition-required`, `resource.stale` with both texts, `auth.forbidden`, `translation.claimed`
   */
  async write(manager: EntityManager, ask: Ask, unit: OpenUnit, map: LanguageMap): Promise<void> {
    const { id } = personOf(ask.actor);
    this.mustWrite(ask, unit, map);
    mustBeFree(unit, id);
    const { original } = seenOf(ask, unit);
    const text = map[unit.row.language]!;
    await this.apply(manager, ask, [{ unit, text, seen: original }], 'human');
  }

  /**
   * Writes texts of units of one record or several, all in the transaction of the caller, who has locked the records and
   * decided that they may be written. A text that stands there already is left as it is.
   */
  async apply(
    manager: EntityManager,
    by: Pick<Ask, 'actor' | 'origin'>,
    texts: readonly NewText[],
    origin: 'human' | 'machine' | 'import',
  ): Promise<void> {
    const changed = texts.filter(({ unit, text }) => textsOf(unit).text !== text);
    for (const group of grouped(changed)) {
      const { row, stored } = group[0]!.unit;
      const patch = Object.fromEntries(
        fieldsIn(group).map((field) => [field, Object.fromEntries(textsOfField(group, field))]),
      );
      const madeFrom = Object.fromEntries(group.flatMap(({ unit, seen }) => (seen ? [[unit.row.field, seen]] : [])));
      await this.stores.of(resourceOf(row.resource)).writeTextsIn(manager, by, stored, patch, { origin, madeFrom });
    }
  }

  /**
   * Only the language of the unit is written, by those whose it is; an approved translation that still stands is
   * rewritten by its record's own people only.
   */
  private mustWrite(ask: Ask, unit: OpenUnit, map: LanguageMap): void {
    if (!mayWriteUnit(ask.actor, unit)) throw problem('auth.forbidden');
    const { language } = unit.row;
    const isForeign = Object.keys(map).some((one) => one !== language) || map[language] === undefined;
    const pointer = `/text/${otherLanguage(language)}`;
    if (isForeign) throw problem('auth.forbidden', { errors: [{ pointer, code: 'not-yours-to-write' }] });
    if (isSettled(ask.actor, unit)) throw wrongState(unit.row);
  }
}

/** Whether a text is approved and stands, so that only its record's own people rewrite it. */
export const isSettled = (actor: Actor, { row, stored }: OpenUnit): boolean =>
  row.standing === 'approved' && !can(actor, 'update', row.resource, stored.facts);

/** The loser of a race is shown both texts as they stand by now. */
const seenOf = (ask: Ask, unit: OpenUnit): SeenUnit => {
  const { original, text } = textsOf(unit);
  const { language } = unit.row;
  return seenUnit(ask.ifMatch, unit.row, { [language]: text, [otherLanguage(language)]: original });
};

const grouped = (texts: readonly NewText[]): NewText[][] => {
  const groups = new Map<string, NewText[]>();
  for (const text of texts) {
    const key = text.unit.row.recordId;
    groups.set(key, [...(groups.get(key) ?? []), text]);
  }
  return [...groups.values()];
};

const fieldsIn = (texts: readonly NewText[]): string[] => [...new Set(texts.map(({ unit }) => unit.row.field))];

const textsOfField = (texts: readonly NewText[], field: string): [Language, string][] =>
  texts.filter(({ unit }) => unit.row.field === field).map(({ unit, text }) => [unit.row.language, text]);
