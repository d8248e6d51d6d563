import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { termsIn } from '../../kernel/checks/glossary.js';
import { namesIn } from '../../kernel/chinese-names.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { LANGUAGES, type Language, otherLanguage } from '../../kernel/languages.js';
import { fromPalladius } from '../../kernel/palladius.js';
import { jsonReply } from '../../resource/reply.js';
import { GlossarySource } from './glossary-source.js';
import { comparison, TranslationMemory } from './translation-memory.js';
import { UnitChecks } from './unit-checks.js';
import type { UnitRow } from './unit-rows.js';
import type { TranslationUnitDetail, UnitComment } from './unit-shapes.js';
import { unitTag } from './unit-tag.js';
import { type OpenUnit, textsOf, Units } from './units.js';

/** Most hints of a kind that are shown at once. */
const MOST_HINTS = 50;

const listed = (forms: readonly string[]): string | null => (forms.length > 0 ? forms.join(' | ') : null);

/** Everything that helps to translate and to judge one text. */
@Injectable()
export class UnitDetails {
  constructor(
    private readonly units: Units,
    private readonly checks: UnitChecks,
    private readonly memory: TranslationMemory,
    private readonly glossary: GlossarySource,
  ) {}

  /** The answer about one unit, tagged by its language. */
  async reply(manager: EntityManager, ask: Ask, id: string): Promise<Reply> {
    const [unit] = await this.units.open(manager, ask.actor, [id]);
    const reply = jsonReply(JSON.stringify(await this.detail(manager, ask, unit!)), ask.choice);
    return { ...reply, etag: unitTag(unit!.row, reply.body) };
  }

  private async detail(manager: EntityManager, ask: Ask, unit: OpenUnit): Promise<TranslationUnitDetail> {
    const { row } = unit;
    const [view] = await this.units.views(manager, [row.id]);
    const { original } = textsOf(unit);
    const from = otherLanguage(row.language);
    return {
      ...view!,
      lastApproved: lastApproved(unit),
      memory: await this.memory.matches(manager, ask.actor, row, original),
      terms: await this.terms(manager, from, original),
      names: from === 'zh' ? chineseNames(original) : russianNames(original),
      findings: await this.checks.findings(manager, ask.actor, unit),
      comments: await commentsOf(manager, row),
    };
  }

  private async terms(
    manager: EntityManager,
    from: Language,
    original: string,
  ): Promise<TranslationUnitDetail['terms']> {
    return termsIn(from, original, await this.glossary.current(manager))
      .slice(0, MOST_HINTS)
      .map(({ term, start, end }) => {
        const into = from === 'zh' ? 'ru' : 'zh';
        return {
          term: { zh: term.zh, ru: term.ru },
          found: original.slice(start, end),
          variants: listed(into === 'ru' ? term.ruVariants : term.zhVariants),
          avoid: listed(
            into === 'ru' ? [...term.ruDeprecated, ...term.ruForbidden] : [...term.zhDeprecated, ...term.zhForbidden],
          ),
        };
      });
  }
}

/** The pair as it was approved last against the pair as it is; nothing where nothing has changed since. */
const lastApproved = (unit: OpenUnit): TranslationUnitDetail['lastApproved'] => {
  const { approvedAt, approvedText, approvedOriginal, language } = unit.row;
  if (approvedAt === null) return null;
  const { original, text } = textsOf(unit);
  const [was, is] = [
    { [language]: approvedText, [otherLanguage(language)]: approvedOriginal },
    { [language]: text, [otherLanguage(language)]: original },
  ];
  const compared = LANGUAGES.map((one) => [one, comparison(one, was[one] ?? null, is[one] ?? null)]);
  return { at: approvedAt, ...Object.fromEntries(compared) } as TranslationUnitDetail['lastApproved'];
};

const chineseNames = (text: string): TranslationUnitDetail['names'] =>
  namesIn(text)
    .slice(0, MOST_HINTS)
    .map(({ name, pinyin, russian }) => ({ name, pinyin: pinyin || null, russian }));

const CAPITALIZED = /\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)?/gu;

/** Names in a Russian text that are Chinese ones in Cyrillic, with the Pinyin by which they are looked up. */
const russianNames = (text: string): TranslationUnitDetail['names'] => {
  const words = new Set([...text.matchAll(CAPITALIZED)].map(([name]) => name).filter((name) => name.length > 3));
  return [...words].slice(0, MOST_HINTS).flatMap((russian) => {
    const pinyin = fromPalladius(russian);
    return pinyin.length > 0 ? [{ name: russian, pinyin: pinyin.join(' | '), russian }] : [];
  });
};

const commentsOf = async (manager: EntityManager, { id }: UnitRow): Promise<UnitComment[]> => {
  const rows = (await manager.query(
    `select json_build_object('id', c.id, 'text', c.text, 'authorId', c.author_id, 'at', c.created_at) as comment
      from translation_comment c where c.unit_id = $1 order by c.id limit 500`,
    [id],
  )) as { comment: UnitComment }[];
  return rows.map(({ comment }) => comment);
};
