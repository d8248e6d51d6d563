import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import { Texts } from '../../infra/i18n/texts.js';
import { type Finding, findingOf } from '../../kernel/checks/finding.js';
import { glossary as glossaryCheck } from '../../kernel/checks/glossary.js';
import { compileGlossary, type Glossary } from '../../kernel/checks/glossary-index.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { LANGUAGES, otherLanguage } from '../../kernel/languages.js';
import { problem } from '../../kernel/problems.js';
import { isObject, mergePatch, validateBody, wholeFields } from '../../resource/body.js';
import { Cursors } from '../../resource/cursor.js';
import { nextLink, type PageAsk, pageAsk } from '../../resource/paging.js';
import { pageReply } from '../../resource/reply.js';
import type { Stored } from '../../resource/stored.js';
import { type ApprovedText, approvedTexts, pairOf } from './approved-texts.js';
import type { TermFinding, TouchedText } from './glossary-shapes.js';
import { LiveTerms } from './live-terms.js';
import { textsWithin } from './manager-texts.js';
import { termSpec } from './term.resource.js';
import { TermRecords } from './term-records.js';
import { checkedTerm, type TermValues, valuesOf } from './term-values.js';
import { wordPatterns } from './word-patterns.js';

/** Texts that are checked for one page at most; a page of few findings ends there and leads on. */
const MOST_CHECKED = 500;

/** The glossary as it is and as it would be, and the term that makes the difference. */
type Comparison = { before: Glossary | undefined; after: Glossary; term: TermValues };

/** Which approved texts a term touches: those that hold it and that the check of terms alarms about. */
@Injectable()
export class TermImpact {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly records: TermRecords,
    private readonly live: LiveTerms,
    private readonly texts: Texts,
  ) {}

  /**
   * What the term alarms about as it is; for a draft, what it would alarm about once it is published.
   * @throws `resource.not-found`, `resource.withdrawn`, `request.invalid-parameter`, `request.invalid-cursor`
   */
  ofTerm(ask: Ask, id: string): Promise<Reply> {
    return this.answer(ask, id, (stored) => valuesOf(stored.body));
  }

  /**
   * What a patch of the term would make the check alarm about that it does not alarm about now. Nothing is changed.
   * @throws as {@link ofTerm}, and `request.invalid` where the patch makes no good term
   */
  ofChange(ask: Ask, id: string): Promise<Reply> {
    const { body: patch } = ask;
    if (!isObject(patch)) throw problem('request.body-required');
    return this.answer(
      ask,
      id,
      (stored) => valuesOf(validateBody(termSpec, mergePatch(stored.body, patch, wholeFields(termSpec)))),
      true,
    );
  }

  private answer(ask: Ask, id: string, become: (stored: Stored) => TermValues, isChange = false): Promise<Reply> {
    const page = pageAsk(ask, this.cursors, ['term-impact', id, ask.actor, isChange ? ask.body : null]);
    return this.database.transaction(async (manager) => {
      const stored = await this.records.store.seenIn(manager, ask, id);
      const term = become(stored);
      const comparison = await this.compare(manager, id, term, isChange);
      const patterns = wordPatterns([valuesOf(stored.body), term]);
      const found = await approvedTexts(manager, ask.actor, patterns, page.after, MOST_CHECKED);
      return this.page(ask, page, found, comparison);
    });
  }

  private async compare(manager: EntityManager, id: string, term: TermValues, isChange: boolean): Promise<Comparison> {
    const { terms } = await this.live.current(textsWithin(manager));
    const others = terms.filter((one) => one.id !== id).map((one) => one.term);
    const checked = checkedTerm(term);
    return {
      before: isChange ? compileGlossary(terms.map((one) => one.term)) : undefined,
      after: compileGlossary(checked ? [...others, checked] : others),
      term,
    };
  }

  /** Checks texts until the page is full. */
  private page(ask: Ask, { limit, identity }: PageAsk, found: readonly ApprovedText[], comparison: Comparison): Reply {
    const touched: TouchedText[] = [];
    let checked = 0;
    while (checked < found.length && touched.length < limit) {
      const text = found[checked]!;
      const findings = alarmsOf(text, comparison).map((finding) => this.view(finding));
      if (findings.length > 0) touched.push(viewOf(text, findings));
      checked += 1;
    }
    const isMore = checked < found.length || found.length === MOST_CHECKED;
    const last = found[checked - 1];
    const next = isMore && last ? this.cursors.seal({ key: last.id, id: last.id }, identity) : null;
    const items = touched.map((one) => JSON.stringify(one));
    const reply = pageReply(items, JSON.stringify({ limit, next }), ask.choice);
    return next ? { ...reply, link: `<${nextLink(ask, next)}>; rel="next"` } : reply;
  }

  private view({ severity, language, start, end, excerpt, message, suggestion, values }: Finding): TermFinding {
    const said = LANGUAGES.map((one) => [one, this.texts.t(one, `translation-checks:messages.${message}`, values)]);
    return {
      ...{ severity, language, start, end },
      excerpt: excerpt || null,
      text: Object.fromEntries(said) as TermFinding['text'],
      suggestion: suggestion || null,
    };
  }
}

const findingsWith = (text: ApprovedText, glossary: Glossary): Finding[] => {
  const pair = { ...pairOf(text), glossary };
  return glossaryCheck.run(pair).map((found) => findingOf(glossaryCheck.id, pair, found));
};

const signOf = ({ message, language, start, end, severity }: Finding): string =>
  [message, language, start, end, severity].join('/');

/** What the check says because of the term, and did not say before. */
const alarmsOf = (text: ApprovedText, { before, after, term: { name } }: Comparison): Finding[] => {
  const known = new Set(before ? findingsWith(text, before).map(signOf) : []);
  const isOfTerm = ({ values, language }: Finding) =>
    values.wanted === name[language] || values.wanted === name[otherLanguage(language)];
  return findingsWith(text, after).filter((finding) => isOfTerm(finding) && !known.has(signOf(finding)));
};

const viewOf = (
  { id, resource, recordId, field, language, text, original }: ApprovedText,
  findings: TermFinding[],
) => ({
  ...{ unit: id, resource, record: recordId, field, language, findings },
  texts: { [language]: text, [otherLanguage(language)]: original },
});
