import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../infra/database/database.js';
import { PUBLIC_URL } from '../../infra/http/tokens.js';
import { can } from '../../kernel/access.js';
import { languageOfSide, sideOf } from '../../kernel/actor.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { type FieldError, invalid, Problem, problem } from '../../kernel/problems.js';
import { type Body, validateBody } from '../../resource/body.js';
import { jsonReply, textReply } from '../../resource/reply.js';
import { shapeBody } from '../../resource/shape-body.js';
import type { Stored } from '../../resource/stored.js';
import { runWrite } from '../../resource/writes.js';
import { type FileTerm, formatOf, GLOSSARY_TYPES, readFile, writeFile } from './glossary-files.js';
import { GlossaryImport, type GlossaryReport, type ImportedTerm } from './glossary-shapes.js';
import { termSpec } from './term.resource.js';
import { mustStayAgreed } from './term-guard.js';
import { TermIndex } from './term-index.js';
import { TermRecords } from './term-records.js';
import { changedMembers, TERM_MEMBERS, valuesOf } from './term-values.js';

/** Faults that one answer names; whoever has more of them begins with these. */
const MOST_FAULTS = 100;

/** A write that is ready: a new term, or a stored one as the file has it. */
type Planned = { number: number; term: FileTerm; body: Body; stored?: Stored; id?: string; changed: readonly string[] };

/** Carries the report of a trial out of its transaction, which it undoes. */
class Trial extends Error {
  constructor(readonly reply: Reply) {
    super('a trial leaves nothing behind');
  }
}

/** The glossary as a file, out and in. */
@Injectable()
export class GlossaryExchange {
  constructor(
    private readonly database: Database,
    private readonly records: TermRecords,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  /**
   * The published terms that the asker may see.
   * @throws `request.invalid-parameter`
   */
  async export(ask: Ask): Promise<Reply> {
    const format = formatOf(ask.parameters.get('format'));
    const terms = await this.database.transaction((manager) => this.records.all(manager, ask.actor));
    const published = terms.filter(({ state }) => state === 'published');
    return textReply(writeFile(format, published, this.publicUrl), GLOSSARY_TYPES[format], ask.choice);
  }

  /**
   * Takes a file over, all of it or nothing: new terms become drafts, known ones are changed, and what the file does not
   * name stays.
   * @throws `request.invalid` naming the faults by `/terms/<place in the file, from 0>`, `auth.forbidden`
   */
  async import(ask: Ask): Promise<Reply> {
    const { format, text, dryRun } = shapeBody(GlossaryImport, ask.body);
    const terms = readFile(format, text);
    try {
      return await runWrite(this.database, ask, async (manager) => {
        const reply = jsonReply(JSON.stringify(await this.takeOver(manager, ask, terms, dryRun)), ask.choice);
        if (dryRun) throw new Trial(reply);
        return reply;
      });
    } catch (error) {
      if (error instanceof Trial) return error.reply;
      throw error;
    }
  }

  private async takeOver(manager: EntityManager, ask: Ask, terms: readonly FileTerm[], dryRun: boolean) {
    const planned = await this.plan(manager, ask, terms);
    const done: ImportedTerm[] = [];
    for (const one of planned) done.push(await this.carryOut(manager, ask, one, dryRun));
    return reportOf(done, dryRun);
  }

  /** What each term of the file comes to; every fault is found before anything is written. */
  private async plan(manager: EntityManager, ask: Ask, terms: readonly FileTerm[]): Promise<Planned[]> {
    const index = new TermIndex(await this.records.all(manager, ask.actor));
    const [planned, faults]: [Planned[], FieldError[]] = [[], []];
    for (const [n, term] of terms.entries()) {
      try {
        planned.push(await this.planOne(manager, ask, term, n + 1, index));
      } catch (error) {
        faults.push(...faultsOf(error, n));
      }
    }
    if (faults.length > 0) throw invalid(faults.slice(0, MOST_FAULTS));
    return planned;
  }

  private async planOne(
    manager: EntityManager,
    ask: Ask,
    term: FileTerm,
    number: number,
    index: TermIndex,
  ): Promise<Planned> {
    const found = index.take(term);
    if (!found) return { number, term, body: validateBody(termSpec, newBody(ask, term)), changed: [] };
    const changed = changedMembers(found.values, term.values).filter((name) => !term.silent.includes(name));
    if (changed.length === 0) return { number, term, body: {}, id: found.id, changed };
    const stored = await this.records.store.lockedIn(manager, found.id);
    if (!stored) throw problem('resource.not-found');
    if (!can(ask.actor, 'update', termSpec.name, stored.facts)) throw problem('auth.forbidden');
    const body = validateBody(termSpec, changedBody(stored.body, term));
    mustStayAgreed(body, stored);
    return { number, term, body, stored, id: found.id, changed };
  }

  private async carryOut(manager: EntityManager, ask: Ask, one: Planned, dryRun: boolean): Promise<ImportedTerm> {
    const { number, term, body, stored, changed } = one;
    const done = { number, name: term.values.name, changed: changed.join(', ') || null };
    if (stored) await this.records.store.amendIn(manager, ask, stored, body);
    if (one.id !== undefined) return { ...done, id: one.id, outcome: stored ? 'updated' : 'unchanged' };
    const { location } = await this.records.store.createIn(manager, { ...ask, body });
    const id = location!.slice(location!.lastIndexOf('/') + 1);
    return { ...done, id: dryRun ? null : id, outcome: 'created' };
  }
}

/** A new term of whoever brings it; where both texts are authentic, neither is the original. */
const newBody = ({ actor }: Ask, { values }: FileTerm): Body => {
  const side = sideOf(actor);
  const sourceLanguage = values.grade === 'A' || !side ? 'both' : languageOfSide(side);
  const owner = actor.kind !== 'anonymous' && actor.organizationId ? { owner: { id: actor.organizationId } } : {};
  return { sourceLanguage, ...owner, ...values };
};

/** The stored record with what the file says of the term. */
const changedBody = (stored: Body, { values, silent }: FileTerm): Body => {
  const kept = Object.entries(stored).filter(
    ([name]) => !(TERM_MEMBERS as readonly string[]).includes(name) || (silent as readonly string[]).includes(name),
  );
  return { ...Object.fromEntries(kept), ...valuesOf(values) };
};

const faultsOf = (error: unknown, n: number): FieldError[] => {
  if (!(error instanceof Problem) || error.status >= 500) throw error;
  const pointer = `/terms/${n}`;
  if (error.code === 'term.agreed') return [{ pointer, code: 'not-agreed' }];
  if (error.code !== 'request.invalid') return [{ pointer, code: 'not-yours-to-write' }];
  return (error.options.errors ?? []).map((fault) => ({ ...fault, pointer: `${pointer}${fault.pointer ?? ''}` }));
};

const reportOf = (terms: ImportedTerm[], dryRun: boolean): GlossaryReport => {
  const count = (outcome: string) => terms.filter((term) => term.outcome === outcome).length;
  return {
    dryRun,
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    terms,
  };
};
