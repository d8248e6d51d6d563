import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AccessFacts, can } from '../../kernel/access.js';
import { newId } from '../../kernel/ids.js';
import { UNSTATED_WISH } from '../../kernel/notification-kinds.js';
import { Jobs } from '../jobs/jobs.js';
import { audienceStatement, factsStatement, type Person } from './audience.js';
import type { Notification, NotificationAudience } from './notification.js';
import { NOTIFICATION_MAIL } from './notification-jobs.js';

export type { Notification, NotificationAudience };

type Stored = { id: string; mail: string };

/** Tells people what happened, in the transaction in which it happens. */
@Injectable()
export class Notifier {
  constructor(private readonly jobs: Jobs) {}

  /**
   * Tells everybody in the audience who may read the record: in the portal, and by mail as each of them wishes.
   * Whom it reaches is nobody's business: it says nothing of a record that is gone, or that nobody may read.
   */
  async notify(manager: EntityManager, notification: Notification): Promise<void> {
    const people = await this.readers(manager, notification);
    const told = people.filter(({ portal, mail }) => portal || mail !== 'off');
    if (told.length === 0) return;
    for (const { id, mail } of await store(manager, notification, told)) {
      if (mail === 'at-once') await this.jobs.enqueue(manager, NOTIFICATION_MAIL, { notification: id }, { key: id });
    }
  }

  private async readers(manager: EntityManager, notification: Notification): Promise<Person[]> {
    const { about } = notification;
    const facts = factsStatement(about);
    const [record] = (await manager.query(facts.text, facts.values)) as AccessFacts[];
    if (!record) return [];
    const audience = audienceStatement(notification, UNSTATED_WISH);
    const people = (await manager.query(audience.text, audience.values)) as Person[];
    return people.filter((person) => can({ ...person, kind: 'account' }, 'read', about.resource, record));
  }
}

/** @returns those that are told of it for the first time */
const store = async (manager: EntityManager, notification: Notification, people: Person[]): Promise<Stored[]> => {
  const { kind, about, values = {}, key = newId() } = notification;
  return (await manager.query(
    `insert into notification (id, account_id, kind, resource, record_id, "values", effect, in_portal, mail, created_at)
     select told.id, told.account_id, $5, $6, $7, $8::jsonb, $9, told.portal, told.mail, now()
       from unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::text[]) told(id, account_id, portal, mail)
     on conflict (account_id, effect) do nothing returning id, mail`,
    [
      ...[people.map(() => newId()), people.map(({ id }) => id)],
      ...[people.map(({ portal }) => portal), people.map(({ mail }) => mail)],
      ...[kind, about.resource, about.id, JSON.stringify(values), `${kind}/${key}`],
    ],
  )) as Stored[];
};
