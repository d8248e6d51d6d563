import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { compileGlossary, type Glossary } from '../../kernel/checks/glossary-index.js';
import { LiveTerms } from '../glossary/live-terms.js';
import { textsWithin } from '../glossary/manager-texts.js';

/** The stored terms that translations are checked against, compiled once for each of their revisions. */
@Injectable()
export class GlossarySource {
  private compiled: { revision: string; glossary: Glossary } | undefined;

  constructor(private readonly terms: LiveTerms) {}

  /** The glossary as the transaction sees it. */
  async current(manager: EntityManager): Promise<Glossary> {
    const { revision, terms } = await this.terms.current(textsWithin(manager));
    if (this.compiled?.revision !== revision)
      this.compiled = { revision, glossary: compileGlossary(terms.map(({ term }) => term)) };
    return this.compiled.glossary;
  }
}
