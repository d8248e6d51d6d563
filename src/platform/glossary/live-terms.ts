import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { projectFolder } from '../../infra/config/config.js';
import type { ReadStatement } from '../../infra/database/database.js';
import type { Term } from '../../kernel/checks/glossary-index.js';
import type { Body } from '../../resource/body.js';
import { checkedTerm, LIST_FIELDS, type TermValues, valuesOf } from './term-values.js';
import { readTerms } from './terms-file.js';

/** Asks for rows, in a transaction or outside one; each yields its columns as texts. */
export type AskTexts = (statement: ReadStatement) => Promise<(string | null)[][]>;

const map = (column: string): string => `json_build_object('zh', t.${column}_zh, 'ru', t.${column}_ru)`;

/** A row of `term t` with the members of a body. */
export const TERM_JSON = `json_build_object('name', ${map('name')}, 'domain', t.domain, 'grade', t.grade, 'use', t.use,
  'partOfSpeech', t.part_of_speech, 'validFrom', t.valid_from, 'validUntil', t.valid_until,
  'attestation', t.attestation, 'note', t.note, ${LIST_FIELDS.map((field) => `'${field}', ${map(field)}`).join(', ')})`;

/** A day lasts from its beginning on the eastern bank to its end on the western one: neither side's calendar decides. */
const VALID = `coalesce(t.valid_from <= (now() at time zone 'Asia/Vladivostok')::date, true)
  and coalesce(t.valid_until >= (now() at time zone 'Asia/Shanghai')::date, true)`;

/** Terms that count: published for everybody, and of today. */
const LIVE = `t.state = 'published' and t.audience = 'public' and ${VALID}`;

/** Changes with every change of a term and, where terms begin or end, with the day; one small table is read for it. */
const REVISION: ReadStatement = {
  text: `select concat_ws('/', count(*), sum(t.version), max(t.updated_at), count(*) filter (where ${LIVE}),
    sum(hashtext(t.id::text)::bigint) filter (where ${LIVE})) from term t where t.state <> 'draft'`,
  values: [],
};

const TERMS: ReadStatement = {
  text: `select t.id::text, ${TERM_JSON}::text from term t where ${LIVE} order by t.id`,
  values: [],
};

/** A term that counts, with the record it stands in. */
export type LiveTerm = { id: string | undefined; values: TermValues | undefined; term: Term };

/** The terms as of one revision. */
export type LiveGlossary = { revision: string; terms: readonly LiveTerm[] };

const NOTHING_STORED = '0';

/**
 * The terms by which texts are checked: those that are stored, published for everybody and valid today. They are read
 * when their revision has changed, whichever process has changed them. Until a portal has loaded its terms, those of
 * `glossary/terms.csv` stand in for them.
 */
@Injectable()
export class LiveTerms {
  private known: LiveGlossary = { revision: '', terms: [] };

  /** The terms as they are now. */
  async current(ask: AskTexts): Promise<LiveGlossary> {
    const [row] = await ask(REVISION);
    const revision = row![0]!;
    if (revision !== this.known.revision) this.known = { revision, terms: await this.read(ask, revision) };
    return this.known;
  }

  private async read(ask: AskTexts, revision: string): Promise<readonly LiveTerm[]> {
    if (revision.split('/')[0] === NOTHING_STORED) return fileTerms();
    const rows = await ask(TERMS);
    return rows.flatMap(([id, json]) => {
      const values = valuesOf(JSON.parse(json!) as Body);
      const term = checkedTerm(values);
      return term ? [{ id: id!, values, term }] : [];
    });
  }
}

const fileTerms = (): LiveTerm[] =>
  readTerms(join(projectFolder, 'glossary', 'terms.csv')).map((term) => ({ id: undefined, values: undefined, term }));
