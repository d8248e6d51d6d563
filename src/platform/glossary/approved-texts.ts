import type { EntityManager } from 'typeorm';
import type { Actor } from '../../kernel/actor.js';
import type { TranslationPair } from '../../kernel/checks/finding.js';
import { type Language, otherLanguage } from '../../kernel/languages.js';
import { RECORD_OF_UNIT, unitScope } from '../translation/unit-scope.js';
import type { WordPatterns } from './word-patterns.js';

/** An approved text that may hold a term. */
export type ApprovedText = {
  id: string;
  resource: string;
  recordId: string;
  field: string;
  language: Language;
  authentic: boolean;
  text: string;
  original: string;
};

/** Both texts as a pair to check; of two authentic texts neither came first. */
export const pairOf = ({ language, authentic, text, original }: ApprovedText): Omit<TranslationPair, 'glossary'> => ({
  ...({ [language]: text, [otherLanguage(language)]: original } as { zh: string; ru: string }),
  source: authentic ? 'both' : otherLanguage(language),
});

/**
 * Approved texts that still stand, that the asker may see and that hold one of the patterns, in the order of their ids.
 * @param after id behind which to begin
 */
export const approvedTexts = async (
  manager: EntityManager,
  actor: Actor,
  patterns: WordPatterns,
  after: string | null,
  limit: number,
): Promise<ApprovedText[]> => {
  const { sql, parameters } = unitScope(actor);
  const $ = (n: number) => `$${parameters.length + n}`;
  return (await manager.query(
    `select t.id, t.resource, t.record_id as "recordId", t.field, t.language, t.authentic, t.approved_text as text,
        t.approved_original as original
      from translation t ${RECORD_OF_UNIT} cross join lateral (select
        case t.language when 'zh' then t.approved_text else t.approved_original end as zh,
        translate(lower(case t.language when 'ru' then t.approved_text else t.approved_original end), 'ё', 'е') as ru) said
      where (${sql}) and t.standing = 'approved' and (${$(3)}::uuid is null or t.id > ${$(3)}::uuid)
        and (said.zh like any (${$(1)}::text[]) or said.ru like any (${$(2)}::text[]))
      order by t.id limit ${$(4)}`,
    [...parameters, patterns.zh, patterns.ru, after, limit],
  )) as ApprovedText[];
};
