import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Author, Side } from '../../../kernel/actor.js';
import { LANGUAGES, type LanguageMap } from '../../../kernel/languages.js';
import type { NotificationKind } from '../../../kernel/notification-kinds.js';
import { type NotificationAudience, Notifier } from '../../../platform/notifications/notifier.js';
import type { Body } from '../../../resource/body.js';
import { sidesOfMeeting } from './participants.js';

/** What notices tell of a change: the record, what it says, and who did it. */
export type Told = { id: string; body: Body; actor: Author };

const causeOf = (actor: Author): string | null => (actor.kind === 'account' ? actor.id : null);

const secretariats = (sides: readonly Side[]): NotificationAudience[] =>
  sides.map((side) => ({ side, roles: ['coordinator'] }));

const idIn = (body: Body, field: string): string[] => {
  const reference = body[field] as { id: string } | null | undefined;
  return reference ? [reference.id] : [];
};

/** Tells those who have to do with a meeting what became of it. */
@Injectable()
export class MeetingNotices {
  constructor(private readonly notifier: Notifier) {}

  /** To the secretariats of the sides, the owner, and the organizations that sit in the mechanism. */
  async ofMeeting(manager: EntityManager, kind: NotificationKind, { id, body, actor }: Told): Promise<void> {
    const organizationIds = [
      ...idIn(body, 'owner'),
      ...idIn(body, 'hostOrganization'),
      ...(await members(manager, body)),
    ];
    await this.notifier.notify(manager, {
      kind,
      about: { resource: 'meeting', id },
      to: [...secretariats(await sidesOfMeeting(manager, id)), { organizationIds, roles: ['official'] }],
      causedBy: causeOf(actor),
    });
  }

  /** A new item: to the secretariats that answer it, and to those who translate what it lacks. */
  async proposed(manager: EntityManager, told: Told): Promise<void> {
    const { id, body, actor } = told;
    const [meeting] = idIn(body, 'meeting');
    const about = { resource: 'agenda-item', id };
    const to = secretariats(await sidesOfMeeting(manager, meeting!));
    await this.notifier.notify(manager, { kind: 'agenda.proposed', about, to, causedBy: causeOf(actor) });
    const lacking = LANGUAGES.filter((language) => lacks(body, language));
    if (lacking.length === 0) return;
    await this.notifier.notify(manager, {
      kind: 'translation.requested',
      about,
      to: lacking.map((translatesInto) => ({ roles: ['translator'], translatesInto })),
      causedBy: causeOf(actor),
    });
  }

  /** An answer: to whoever proposed the item and to the secretariats. */
  async answered(manager: EntityManager, { id, body, actor }: Told): Promise<void> {
    const [meeting] = idIn(body, 'meeting');
    const organizationIds = [...idIn(body, 'owner'), ...idIn(body, 'proposedBy')];
    await this.notifier.notify(manager, {
      kind: 'agenda.answered',
      about: { resource: 'agenda-item', id },
      to: [...secretariats(await sidesOfMeeting(manager, meeting!)), { organizationIds, roles: ['official'] }],
      causedBy: causeOf(actor),
    });
  }
}

const lacks = (body: Body, language: 'zh' | 'ru'): boolean =>
  [body.title, body.summary].some((text) => text && !(text as LanguageMap)[language]);

const members = async (manager: EntityManager, body: Body): Promise<string[]> => {
  const [mechanism] = idIn(body, 'mechanism');
  if (!mechanism) return [];
  const rows = (await manager.query(
    `select distinct organization_id as id from membership where mechanism_id = $1 and state = 'published'`,
    [mechanism],
  )) as { id: string }[];
  return rows.map(({ id }) => id);
};
