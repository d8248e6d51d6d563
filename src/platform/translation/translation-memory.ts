import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../../kernel/actor.js';
import { otherLanguage } from '../../kernel/languages.js';
import type { TextComparison } from '../../resource/history.js';
import { scopeOf } from '../../resource/scope.js';
import { compareTexts } from '../audit/compare-texts.js';
import type { UnitRow } from './unit-rows.js';
import { RECORD_OF_UNIT } from './unit-scope.js';
import type { TranslationUnitDetail } from './unit-shapes.js';

/** Suggestions that a translator is shown at once. */
const MOST_MATCHES = 5;
/** Longer texts are no sentences that come again, and comparing them costs. */
const LONGEST_REMEMBERED = 2_000;

type Match = { original: string; text: string; similarity: number };

/** A text before and after, word by word. */
export const comparison = (language: 'zh' | 'ru', before: string | null, after: string | null): TextComparison => ({
  before,
  after,
  parts: compareTexts(language, before ?? '', after ?? ''),
});

/** Approved translations, as far as the asker may see the records they stand in. */
@Injectable()
export class TranslationMemory {
  /** Approved wordings of the very same original elsewhere. */
  async approvedFor(manager: EntityManager, actor: Actor, row: UnitRow, original: string): Promise<string[]> {
    const matches = await this.ask(manager, actor, row, original, 'exact');
    return matches.map(({ text }) => text);
  }

  /** Exact matches first, then similar ones by trigram, each with what differs in the original. */
  async matches(
    manager: EntityManager,
    actor: Actor,
    row: UnitRow,
    original: string,
  ): Promise<TranslationUnitDetail['memory']> {
    if (original === '' || original.length > LONGEST_REMEMBERED) return [];
    const exact = await this.ask(manager, actor, row, original, 'exact');
    const similar = exact.length < MOST_MATCHES ? await this.ask(manager, actor, row, original, 'similar') : [];
    const [from, into] = [otherLanguage(row.language), row.language];
    return [...exact, ...similar].slice(0, MOST_MATCHES).map((match) => ({
      match: match.original === original ? 'exact' : 'similar',
      similarity: match.similarity,
      texts: { [from]: match.original, [into]: match.text },
      difference: comparison(from, match.original, original),
    }));
  }

  private async ask(
    manager: EntityManager,
    actor: Actor,
    row: UnitRow,
    original: string,
    kind: 'exact' | 'similar',
  ): Promise<Match[]> {
    const scope = scopeOf(actor);
    const $ = (n: number) => `$${scope.parameters.length + n}`;
    const like =
      kind === 'exact'
        ? `t.approved_original = ${$(1)}::text`
        : `t.approved_original % ${$(1)}::text and t.approved_original <> ${$(1)}::text`;
    return (await manager.query(
      `select t.approved_original as original, t.approved_text as text,
          round(max(similarity(t.approved_original, ${$(1)}::text))::numeric, 3)::float8 as similarity
        from translation t ${RECORD_OF_UNIT}
        where ${like} and t.language = ${$(2)}::text and t.id <> ${$(3)}::uuid and (${scope.sql('r')})
        group by 1, 2 order by similarity desc, 1, 2 limit ${MOST_MATCHES}`,
      [...scope.parameters, original, row.language, row.id],
    )) as Match[];
  }
}
