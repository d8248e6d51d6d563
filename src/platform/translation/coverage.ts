import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { jsonReply } from '../../resource/reply.js';
import { TranslationEngine } from './translation-engine.js';
import { unitQuery } from './unit-query.js';
import { RECORD_OF_UNIT, unitScope } from './unit-scope.js';

const STANDINGS = { missing: 'missing', stale: 'stale', machine: 'machine', draft: 'draft', inReview: 'in-review' };

const counts = Object.entries({ ...STANDINGS, approved: 'approved' })
  .map(([name, standing]) => `'${name}', count(*) filter (where standing = '${standing}')`)
  .join(', ');

/** Counts of texts by resource, language and state; what the asker may not see is not counted. */
@Injectable()
export class Coverage {
  constructor(
    private readonly database: Database,
    private readonly engine: TranslationEngine,
  ) {}

  /** @throws `request.invalid-parameter` */
  async report(ask: Ask): Promise<Reply> {
    const { conditions } = unitQuery(ask.parameters, ask.actor);
    const scope = unitScope(ask.actor);
    const where = conditions.map(({ sql }, n) => sql(`$${scope.parameters.length + n + 1}`));
    const text = `select json_build_object('resource', resource, 'language', language, 'total', count(*), ${counts})::text
      from (select t.resource, t.language, t.standing from translation t ${RECORD_OF_UNIT}
        where ${[scope.sql, ...where].join(' and ')}) t
      group by resource, language order by resource, language`;
    const values = [...scope.parameters, ...conditions.map(({ value }) => value)];
    const rows = await this.database.rows({ text, values, planEachTime: true });
    const json = `{"rows":[${rows.map(([row]) => row).join(',')}],"machineTranslation":${this.engine.connected}}`;
    return jsonReply(json, ask.choice);
  }
}
