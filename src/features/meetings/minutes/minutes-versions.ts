import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { capacitiesOf } from '../../../kernel/access.js';
import type { Side } from '../../../kernel/actor.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { LANGUAGES, type LanguageMap } from '../../../kernel/languages.js';
import { problem } from '../../../kernel/problems.js';
import { compareTexts } from '../../../platform/audit/compare-texts.js';
import { jsonReply } from '../../../resource/reply.js';
import { resourceOf } from '../../../resource/spec.js';
import { Stores } from '../../../resource/stores.js';
import { type KeptVersion, MinutesArchive } from './minutes-archive.js';
import { worksOn } from './minutes-reader.js';
import { hashOf, type SealedContent, type SealedText } from './sealed-content.js';

/**
 * Keeps the minutes as they stand; where the last version says the same, that one.
 * @returns its number
 */
export const keepVersion = async (
  manager: EntityManager,
  meeting: string,
  content: SealedContent,
  by: { account: string; organizationId: string | null; side: Side },
): Promise<number> => {
  const hash = hashOf(content);
  const [last] = (await manager.query(
    'select number, hash from minutes_version where meeting_id = $1 order by number desc limit 1',
    [meeting],
  )) as { number: number; hash: Buffer }[];
  if (last && hash.equals(last.hash)) return last.number;
  const number = (last?.number ?? 0) + 1;
  await manager.query(
    `insert into minutes_version (meeting_id, number, content, hash, made_at, made_by, organization_id, side)
      values ($1, $2, $3, $4, clock_timestamp(), $5, $6, $7)`,
    [meeting, number, JSON.stringify(content), hash, by.account, by.organizationId, by.side],
  );
  return number;
};

/** Numbers of versions in paths and parameters. */
const NUMBER = /^[1-9]\d{0,5}$/;

type Part = { part: 'title' | 'item' | 'decision'; id: string; text: SealedText };

/** Kept versions of minutes, and what became of the texts from one to another. */
@Injectable()
export class MinutesVersions {
  constructor(
    private readonly archive: MinutesArchive,
    private readonly stores: Stores,
  ) {}

  /**
   * A kept version in both languages, compared with another where `compareWith` names one.
   * @throws `resource.not-found` for unknown versions, and for those who may not read them: drafts are for those who
   *   work on them, signed versions for partners
   */
  async get(ask: Ask, id: string, number: string): Promise<Reply> {
    await this.stores.of(resourceOf('meeting')).mustSee(ask, id);
    const other = ask.parameters.get('compareWith');
    if (other !== undefined && !NUMBER.test(other)) {
      throw problem('request.invalid-parameter', { errors: [{ parameter: 'compareWith', code: 'invalid-value' }] });
    }
    if (!NUMBER.test(number)) throw problem('resource.not-found');
    const version = await this.readable(ask, id, Number(number));
    const before = other === undefined ? undefined : await this.readable(ask, id, Number(other));
    const { hash, madeAt } = version;
    const texts = textsOf(version.content, before?.content);
    const answer = { number: version.number, hash, madeAt, comparedWith: before?.number ?? null, texts };
    return jsonReply(JSON.stringify(answer), ask.choice);
  }

  private async readable(ask: Ask, meeting: string, number: number): Promise<KeptVersion> {
    const version = await this.archive.version(meeting, number);
    if (!version) throw problem('resource.not-found');
    const isPartner = capacitiesOf(ask.actor).has('partner');
    if (worksOn(ask, version.meeting) || (version.signedByBoth && isPartner)) return version;
    throw problem('resource.not-found');
  }
}

const partsOf = ({ meeting, items, decisions }: SealedContent): Part[] => [
  { part: 'title', id: meeting.id, text: meeting.title },
  ...items.map(({ id, text }): Part => ({ part: 'item', id, text })),
  ...decisions.map(({ id, text }): Part => ({ part: 'decision', id, text })),
];

const mapOf = (text: SealedText): LanguageMap =>
  Object.fromEntries(LANGUAGES.flatMap((language) => (text[language] === null ? [] : [[language, text[language]]])));

/** Every text of a version; with another one, how it came about, and at the end the texts that went. */
const textsOf = (content: SealedContent, other: SealedContent | undefined): object[] => {
  const parts = partsOf(content);
  const before = new Map((other ? partsOf(other) : []).map((one) => [one.id, one]));
  const gone = [...before.values()].filter(({ id }) => !parts.some((one) => one.id === id));
  const shown = ({ part, id }: Part, text: SealedText | undefined) => ({
    part,
    id,
    text: text ? mapOf(text) : null,
    ...comparisons(other && (before.get(id)?.text ?? NOTHING), text ?? NOTHING),
  });
  return [...parts.map((one) => shown(one, one.text)), ...gone.map((one) => shown(one, undefined))];
};

const NOTHING: SealedText = { zh: null, ru: null };

const comparisons = (was: SealedText | undefined, is: SealedText): object =>
  Object.fromEntries(
    LANGUAGES.map((language) => {
      if (!was) return [language, null];
      const [before, after] = [was[language], is[language]];
      return [language, { before, after, parts: compareTexts(language, before ?? '', after ?? '') }];
    }),
  );
