import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SIDES, type Side } from '../../../kernel/actor.js';
import type { LanguageMap } from '../../../kernel/languages.js';
import type { NotificationKind } from '../../../kernel/notification-kinds.js';
import type { BrokenSeal } from '../../../kernel/sign-off.js';
import { Notifier } from '../../../platform/notifications/notifier.js';
import type { Cause } from '../../../resource/record-changes.js';
import { SealWords } from './seal-words.js';
import type { SealedText } from './sealed-content.js';

type Meeting = { id: string; title: SealedText };

/** Tells the secretariats of the sides what has become of minutes, and what is theirs to do. */
@Injectable()
export class MinutesNotices {
  constructor(
    private readonly notifier: Notifier,
    private readonly words: SealWords,
  ) {}

  toAgree(manager: EntityManager, cause: Cause, meeting: Meeting, side: Side): Promise<void> {
    return this.tell(manager, cause, 'minutes.to-agree', meeting, [side]);
  }

  toSign(manager: EntityManager, cause: Cause, meeting: Meeting, sides: readonly Side[]): Promise<void> {
    return this.tell(manager, cause, 'minutes.to-sign', meeting, sides);
  }

  signed(manager: EntityManager, cause: Cause, meeting: Meeting): Promise<void> {
    return this.tell(manager, cause, 'minutes.signed', meeting, SIDES);
  }

  /** Both sides learn whose seals an edit has broken. */
  broken(manager: EntityManager, cause: Cause, meeting: Meeting, seals: readonly BrokenSeal[]): Promise<void> {
    return this.tell(manager, cause, 'minutes.seals-broken', meeting, SIDES, { seals: this.words.named(seals) });
  }

  private tell(
    manager: EntityManager,
    { actor }: Cause,
    kind: NotificationKind,
    { id, title }: Meeting,
    sides: readonly Side[],
    more: Record<string, LanguageMap> = {},
  ): Promise<void> {
    return this.notifier.notify(manager, {
      kind,
      about: { resource: 'meeting', id },
      to: sides.map((side) => ({ side, roles: ['coordinator'] })),
      values: { meeting: mapOf(title), ...more },
      causedBy: actor.kind === 'account' ? actor.id : null,
    });
  }
}

const mapOf = (title: SealedText): LanguageMap =>
  Object.fromEntries(Object.entries(title).filter(([, text]) => text !== null)) as LanguageMap;
