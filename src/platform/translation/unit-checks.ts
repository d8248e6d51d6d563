import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Texts } from '../../infra/i18n/texts.js';
import type { Actor } from '../../kernel/actor.js';
import { checkPair } from '../../kernel/checks/checks.js';
import type { Finding } from '../../kernel/checks/finding.js';
import { type Fingerprints, isWaived } from '../../kernel/checks/waivers.js';
import { isLanguage, LANGUAGES, type LanguageMap, otherLanguage } from '../../kernel/languages.js';
import { problem } from '../../kernel/problems.js';
import { GlossarySource } from './glossary-source.js';
import { TranslationMemory } from './translation-memory.js';
import type { UnitRow } from './unit-rows.js';
import type { UnitFinding } from './unit-shapes.js';
import { type OpenUnit, textsOf } from './units.js';

/** A waiver as it is stored, its fingerprints in hex. */
type WaiverRow = Pick<Finding, 'check' | 'message' | 'language' | 'excerpt'> & {
  reason: LanguageMap;
  authorId: string;
  at: string;
  fingerprints: Fingerprints;
};

/** Fingerprints of both texts of a unit. */
export const fingerprintsOf = ({ language, textHash, originalHash }: UnitRow): Fingerprints =>
  ({ [language]: textHash ?? '', [otherLanguage(language)]: originalHash ?? '' }) as Fingerprints;

const settles = (waiver: WaiverRow, finding: Finding, fingerprints: Fingerprints): boolean =>
  isWaived(finding, [{ ...waiver, reason: Object.values(waiver.reason).join('') }], fingerprints);

/** What the checks say of a unit, and what was waived of it. */
@Injectable()
export class UnitChecks {
  constructor(
    private readonly glossary: GlossarySource,
    private readonly memory: TranslationMemory,
    private readonly texts: Texts,
  ) {}

  /** Findings of the pair as it stands, each with the waiver that settles it. */
  async findings(manager: EntityManager, actor: Actor, unit: OpenUnit): Promise<UnitFinding[]> {
    const waivers = await this.waivers(manager, unit.row);
    const fingerprints = fingerprintsOf(unit.row);
    const found = await this.found(manager, actor, unit);
    return found.map((finding) => {
      const waiver = waivers.find((one) => settles(one, finding, fingerprints));
      return this.view(finding, waiver);
    });
  }

  /**
   * Lets a pair pass in which nothing is wrong any more: no error, and no warning without a waiver.
   * @throws `translation.findings-open` with what is still open
   */
  async mustPass(manager: EntityManager, actor: Actor, unit: OpenUnit): Promise<void> {
    const open = (await this.findings(manager, actor, unit)).filter(({ waiver }) => waiver === null);
    if (open.length > 0) throw problem('translation.findings-open', { extensions: { findings: open } });
  }

  private async found(manager: EntityManager, actor: Actor, unit: OpenUnit): Promise<Finding[]> {
    const { row, stored } = unit;
    const { original, text } = textsOf(unit);
    if (text === '') return [];
    const { sourceLanguage } = stored.body;
    const pair = { [row.language]: text, [otherLanguage(row.language)]: original } as { zh: string; ru: string };
    return checkPair({
      ...pair,
      source: !row.authentic && isLanguage(sourceLanguage) ? sourceLanguage : 'both',
      field: row.field,
      glossary: await this.glossary.current(manager),
      approved: row.authentic ? [] : await this.memory.approvedFor(manager, actor, row, original),
    });
  }

  private async waivers(manager: EntityManager, { recordId, field }: UnitRow): Promise<WaiverRow[]> {
    const rows = (await manager.query(
      `select json_build_object('check', w."check", 'message', w.message, 'language', w.language, 'excerpt', w.excerpt,
          'reason', w.reason, 'authorId', w.author_id, 'at', w.created_at, 'fingerprints',
          json_build_object('zh', encode(w.zh_hash, 'hex'), 'ru', encode(w.ru_hash, 'hex'))) as waiver
        from translation_waiver w where w.record_id = $1 and w.field = $2 order by w.id desc`,
      [recordId, field],
    )) as { waiver: WaiverRow }[];
    return rows.map(({ waiver }) => waiver);
  }

  private view({ values, suggestion, ...finding }: Finding, waiver: WaiverRow | undefined): UnitFinding {
    const said = (language: 'zh' | 'ru') =>
      this.texts.t(language, `translation-checks:messages.${finding.message}`, values);
    return {
      ...finding,
      text: Object.fromEntries(LANGUAGES.map((language) => [language, said(language)])),
      excerpt: finding.excerpt || null,
      suggestion: suggestion || null,
      remove: suggestion === '',
      waiver: waiver ? { reason: waiver.reason, authorId: waiver.authorId, at: waiver.at } : null,
    };
  }
}
