import { Injectable } from '@nestjs/common';
import { Database } from '../../infra/database/database.js';
import type { AccountActor } from '../../kernel/actor.js';
import type { LanguageMap } from '../../kernel/languages.js';
import type { NotificationKind } from '../../kernel/notification-kinds.js';
import type { SpokenValues } from '../../kernel/spoken-values.js';
import { scopeOf } from '../../resource/scope.js';
import { readableNameSql } from './readable.js';

/** A notification that its reader may read, with the name of its record as it is now. */
export type Told = {
  id: string;
  accountId: string;
  kind: NotificationKind;
  resource: string;
  recordId: string;
  /** Texts in the two languages; null where the record has none in one of them. */
  name: Partial<Record<keyof LanguageMap, string | null>>;
  values: SpokenValues;
  createdAt: string;
  readAt: string | null;
};

/** Which of somebody's notifications; the conditions are over the alias `n`, with parameters counted from `first`. */
type Which = (first: number) => { condition: string; values: unknown[]; order: string };

/** Reads what somebody is told, as far as they may read the records: what was hidden since is not told of any more. */
@Injectable()
export class ToldNotifications {
  constructor(private readonly database: Database) {}

  /** @param reader as the one who reads it may see records now */
  async read(reader: AccountActor, which: Which): Promise<Told[]> {
    const rows = await this.select(
      reader,
      `json_build_object('id', n.id, 'accountId', n.account_id, 'kind', n.kind, 'resource', n.resource, 'recordId', n.record_id,
        'name', n.name, 'values', n."values", 'createdAt', n.created_at, 'readAt', n.read_at)::text`,
      which,
    );
    return rows.map(([json]) => JSON.parse(json!) as Told);
  }

  /** How many of them there are. */
  async count(reader: AccountActor, which: Omit<ReturnType<Which>, 'order'>): Promise<number> {
    const rows = await this.select(reader, 'count(*)::text', () => ({ ...which, order: '' }));
    return Number(rows[0]![0]);
  }

  private select(reader: AccountActor, columns: string, which: Which): Promise<(string | null)[][]> {
    const scope = scopeOf(reader);
    const first = scope.parameters.length + 1;
    const { condition, values, order } = which(first + 1);
    return this.database.rows({
      text: `select ${columns} from (select n.*, ${readableNameSql(scope, 'n')} as name from notification n
          where n.account_id = $${first} and ${condition}) n
        where n.name is not null ${order}`,
      values: [...scope.parameters, reader.id, ...values],
    });
  }
}
