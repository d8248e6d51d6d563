import type { Database } from '../../infra/database/database.js';
import { compileSearchGlossary, type SearchGlossary } from '../../kernel/search/search-glossary.js';
import { LiveTerms } from '../glossary/live-terms.js';
import { searchGlossary } from './search-terms.js';

/** How long a search may go on with the terms as they were. */
const LOOK_EVERY_MS = 2_000;

/**
 * The stored terms, ready to widen searches. A search never waits for them: it takes those at hand, and where nobody has
 * looked for a while it has somebody look whether they have changed. It begins with those of the file.
 */
export class LiveSearchGlossary {
  private readonly terms = new LiveTerms();
  private compiled: SearchGlossary;
  private revision = '';
  private lookedAt = 0;
  private looking = false;

  constructor(
    private readonly database: Database,
    folder: string,
  ) {
    this.compiled = searchGlossary(folder);
  }

  current(): SearchGlossary {
    if (!this.looking && Date.now() - this.lookedAt >= LOOK_EVERY_MS) void this.look();
    return this.compiled;
  }

  /** A database that does not answer says so to the search itself. */
  private async look(): Promise<void> {
    this.looking = true;
    try {
      const { revision, terms } = await this.terms.current((statement) => this.database.rows(statement));
      if (revision !== this.revision) this.compiled = compileSearchGlossary(terms.map(({ term }) => term));
      this.revision = revision;
    } catch {
      // The terms at hand go on serving; the next look comes when its time has come.
    } finally {
      this.lookedAt = Date.now();
      this.looking = false;
    }
  }
}
