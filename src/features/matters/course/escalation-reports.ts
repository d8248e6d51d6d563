import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { isCalendarDate } from '../../../kernel/dates.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { problem } from '../../../kernel/problems.js';
import { Code, DateOnly, Int, Items, Ref } from '../../../resource/fields.js';
import { nameReferences } from '../../../resource/named-references.js';
import { jsonReply } from '../../../resource/reply.js';
import { readContext, scopeOf } from '../../../resource/scope.js';
import type { Reference } from '../../../resource/values.js';
import { EscalationRun, type Judged } from './escalation-run.js';
import { placeOf } from './matter-facts.js';
import { deadlineDay } from './today.js';

/** What the rule says of one matter. */
export class EscalationEntry {
  @Ref('matter', { required: true })
  matter: Reference;

  @DateOnly()
  dueOn: string | null;

  @Ref('organization')
  fromOrganization: Reference | null;

  @Ref('mechanism')
  fromMechanism: Reference | null;

  /** Where it climbs to; none where it stays. */
  @Ref('mechanism')
  toMechanism: Reference | null;

  /** Why it stays; none where it climbs. */
  @Code('stayReason')
  why: string | null;
}

/** What the rule of escalation does, or would do, with the open matters that the asker may see. */
export class EscalationReport {
  @DateOnly({ required: true })
  on: string;

  /** Matters that were looked at, seen or not. */
  @Int({ required: true })
  examined: number;

  @Items(() => EscalationEntry)
  climbing: EscalationEntry[];

  @Items(() => EscalationEntry)
  staying: EscalationEntry[];
}

type Entry = Record<string, unknown> & { matter: { id: string } | null; why: string | null };

/** Tells people what the rule of escalation does and would do. */
@Injectable()
export class EscalationReports {
  constructor(
    private readonly database: Database,
    private readonly escalation: EscalationRun,
  ) {}

  /**
   * A dry run: what would climb on a day, and why the others would stay.
   * @throws `request.invalid-parameter`
   */
  async preview(ask: Ask): Promise<Reply> {
    const on = ask.parameters.get('on') ?? deadlineDay();
    if (!isCalendarDate(on))
      throw problem('request.invalid-parameter', { errors: [{ parameter: 'on', code: 'invalid-date' }] });
    return this.report(ask, on, await this.escalation.preview(on));
  }

  /** Runs the rule now rather than at its hour, and tells the same of what was done. */
  async run(ask: Ask): Promise<Reply> {
    return this.report(ask, deadlineDay(), await this.escalation.run());
  }

  private async report(ask: Ask, on: string, judged: readonly Judged[]): Promise<Reply> {
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const named = await nameReferences(this.database, scope, read, EscalationEntry, judged.map(entryOf));
    // A matter that the asker may not see has lost its reference.
    const entries = (named as Entry[]).filter(({ matter }) => matter !== null);
    const [climbing, staying] = [entries.filter(({ why }) => why === null), entries.filter(({ why }) => why !== null)];
    return jsonReply(JSON.stringify({ on, examined: judged.length, climbing, staying }), ask.choice);
  }
}

const reference = (id: string | null) => (id === null ? null : { id });

const entryOf = ({ matter, verdict }: Judged): Record<string, unknown> => {
  const { organization, mechanism } = placeOf(matter);
  return {
    matter: { id: matter.id },
    dueOn: matter.dueOn,
    fromOrganization: reference(organization),
    fromMechanism: reference(mechanism),
    toMechanism: verdict.climbs ? { id: verdict.to.id } : null,
    why: verdict.climbs ? null : verdict.reason,
  };
};
