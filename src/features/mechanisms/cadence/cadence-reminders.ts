import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { type AccountActor, SIDES, type Side } from '../../../kernel/actor.js';
import { dateInWords } from '../../../kernel/spoken-dates.js';
import type { JobOptions } from '../../../platform/jobs/job-kinds.js';
import { Jobs } from '../../../platform/jobs/jobs.js';
import { type NotificationAudience, Notifier } from '../../../platform/notifications/notifier.js';
import { readContext, scopeOf } from '../../../resource/scope.js';
import { guardAsOf, guardFactsSql, todayOf } from './guard-facts.js';
import type { GuardFacts } from './guard-input.js';
import { type Reminder, remindersOf } from './reminders.js';

type Row = {
  id: string;
  sides: Side[] | null;
  secretariats: { side: Side; organization: { id: string } }[] | null;
  facts: GuardFacts;
};

/** Name of the kind of job. */
const REMIND = 'cadence.remind';

/** Half an hour before the digests, so that the day's reminders are in them. */
const REMIND_OPTIONS: JobOptions = {
  retries: 5,
  retryDelaySeconds: 60,
  expiresSeconds: 300,
  concurrency: 1,
  schedule: '30 22 * * *',
};

/** Whoever looks for a side sees what its coordinators see. */
const watchOf = (side: Side): AccountActor => ({
  ...{ kind: 'account', id: '', roles: ['coordinator'], side, organizationId: null, translatesInto: [] },
});

/**
 * Reminds each day of regular meetings that are not set or were not held: on each side its coordinators and the
 * secretariat of the mechanism, by what that side may see. However often it looks, nobody is reminded twice of a period.
 */
@Injectable()
export class CadenceReminders {
  constructor(
    private readonly database: Database,
    private readonly notifier: Notifier,
    jobs: Jobs,
  ) {
    jobs.define<{ on?: string }>({ name: REMIND, options: REMIND_OPTIONS, handle: ({ data }) => this.remind(data.on) });
  }

  /** @param on the day as of which it looks; today where none is named */
  async remind(on?: string): Promise<void> {
    for (const side of SIDES) {
      for (const mechanism of await this.mechanisms(side)) {
        const { facts } = mechanism;
        const reminders = remindersOf(guardAsOf(facts, on), on ?? todayOf(facts));
        for (const reminder of reminders) await this.tell(mechanism, side, reminder);
      }
    }
  }

  private async mechanisms(side: Side): Promise<Row[]> {
    const scope = scopeOf(watchOf(side));
    const read = readContext(scope, 'all');
    const text = `select json_build_object('id', m.id, 'sides', m.sides, 'secretariats', m.secretariats,
        'facts', ${guardFactsSql(read, 'm')})::text
      from mechanism m where m.state = 'published' and ${read.scope('m', 'mechanism')} order by m.id`;
    const rows = await this.database.rows({ text, values: scope.parameters });
    const mechanisms = rows.map(([json]) => JSON.parse(json!) as Row);
    return mechanisms.filter(({ sides }) => sides === null || sides.includes(side));
  }

  private tell(mechanism: Row, side: Side, { kind, period }: Reminder): Promise<void> {
    const values = { from: dateInWords(period.from), to: dateInWords(period.to) };
    return this.database.transaction((manager) =>
      this.notifier.notify(manager, {
        ...{ kind, values, about: { resource: 'mechanism', id: mechanism.id } },
        to: keepersOf(mechanism, side),
        key: `${mechanism.id}/${period.from}`,
      }),
    );
  }
}

const keepersOf = ({ secretariats }: Row, side: Side): NotificationAudience[] => {
  const organizationIds = (secretariats ?? []).filter((one) => one.side === side).map((one) => one.organization.id);
  return [
    { side, roles: ['coordinator'] },
    { side, roles: ['official'], organizationIds },
  ];
};
