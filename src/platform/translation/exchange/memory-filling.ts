import type { EntityManager } from 'typeorm';
import type { Actor } from '../../../kernel/actor.js';
import { otherLanguage } from '../../../kernel/languages.js';
import { normalizeText } from '../../../kernel/text.js';
import { RECORD_OF_UNIT, unitScope } from '../unit-scope.js';
import { type OpenUnit, textsOf, type Units } from '../units.js';
import { type MemoryPair, MOST_UNITS } from './exchange-file.js';
import { forbiddenTo } from './judge.js';

/** A missing text for which a memory has a translation of the very same original, or several. */
export type Filling = { unit: OpenUnit; place: number; texts: readonly string[] };

/** Translations by their original, and the first pair that has it. */
type Known = Map<string, { place: number; texts: Set<string> }>;

const knownIn = (pairs: readonly MemoryPair[]): Record<'zh' | 'ru', Known> => {
  const known = { zh: new Map() as Known, ru: new Map() as Known };
  pairs.forEach((pair, n) => {
    for (const from of ['zh', 'ru'] as const) {
      const original = normalizeText(pair[from]);
      const entry = known[from].get(original) ?? { place: n + 1, texts: new Set<string>() };
      entry.texts.add(normalizeText(pair[otherLanguage(from)]));
      known[from].set(original, entry);
    }
  });
  return known;
};

const missingUnits = async (manager: EntityManager, actor: Actor, originals: readonly string[]): Promise<string[]> => {
  const scope = unitScope(actor);
  const rows = (await manager.query(
    `select t.id from translation t ${RECORD_OF_UNIT}
      where ${scope.sql} and t.standing = 'missing' and not t.authentic
        and t.original_hash in (select text_fingerprint(o) from unnest($${scope.parameters.length + 1}::text[]) o)
      order by t.id limit ${MOST_UNITS}`,
    [...scope.parameters, originals],
  )) as { id: string }[];
  return rows.map(({ id }) => id);
};

/**
 * Which missing texts a memory can fill: those that the asker may write now, whose original is one of its originals.
 * Their records are locked.
 */
export const fillingsOf = async (
  manager: EntityManager,
  actor: Actor,
  units: Units,
  pairs: readonly MemoryPair[],
): Promise<Filling[]> => {
  const known = knownIn(pairs);
  const ids = await missingUnits(manager, actor, [...known.zh.keys(), ...known.ru.keys()]);
  const open = await units.openSeen(manager, actor, ids, 'records');
  return open
    .filter((unit) => unit.row.standing === 'missing' && !forbiddenTo(actor, unit))
    .flatMap((unit) => {
      const entry = known[otherLanguage(unit.row.language)].get(textsOf(unit).original);
      return entry ? [{ unit, place: entry.place, texts: [...entry.texts] }] : [];
    });
};
