import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Author } from '../../../kernel/actor.js';
import { LANGUAGES, type Language, type LanguageMap } from '../../../kernel/languages.js';
import type { NotificationKind } from '../../../kernel/notification-kinds.js';
import { Notifier } from '../../../platform/notifications/notifier.js';
import type { MatterFacts } from './matter-facts.js';

/** Languages that a text lacks of those that are needed. */
export const lackingIn = (
  texts: readonly (LanguageMap | null | undefined)[],
  needed: readonly Language[],
): Language[] =>
  needed.filter((language) =>
    texts.some((text) => text && Object.keys(text).length > 0 && text[language] === undefined),
  );

/** Tells people what happened to a matter. */
@Injectable()
export class MatterNews {
  constructor(private readonly notifier: Notifier) {}

  /** @param organizationIds whose people are told; each once, and not of what they did themselves */
  async tell(
    manager: EntityManager,
    kind: NotificationKind,
    matter: MatterFacts,
    organizationIds: readonly (string | null)[],
    { by, dueOn = null }: { by?: Author; dueOn?: string | null } = {},
  ): Promise<void> {
    const ids = [...new Set(organizationIds.filter((id) => id !== null))];
    if (ids.length === 0) return;
    await this.notifier.notify(manager, {
      kind,
      about: { resource: 'matter', id: matter.id },
      to: [{ organizationIds: ids }],
      values: { title: matter.title, dueOn: dueOn ?? '–' },
      causedBy: by?.kind === 'account' ? by.id : null,
    });
  }

  /** Asks translators for the texts of a record that a language lacks. */
  async askForTexts(
    manager: EntityManager,
    about: { resource: string; id: string },
    title: LanguageMap,
    languages: readonly Language[] = LANGUAGES,
  ): Promise<void> {
    for (const translatesInto of languages)
      await this.notifier.notify(manager, {
        kind: 'translation.requested',
        about,
        to: [{ roles: ['translator'], translatesInto }],
        values: { title },
      });
  }
}
