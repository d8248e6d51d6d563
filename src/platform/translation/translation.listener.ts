import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Change, ChangeListener } from '../../resource/changes.js';
import { syncUnits, type Writing } from './unit-sync.js';

/** Texts that the portal loads itself come from an import that nobody has confirmed yet. */
const writingOf = ({ actor, texts }: Change): Writing => ({
  origin: texts?.origin ?? (actor.kind === 'system' ? 'import' : 'human'),
  authorId: actor.kind === 'account' && texts?.origin !== 'machine' ? actor.id : null,
  ...(texts?.madeFrom && { madeFrom: texts.madeFrom }),
});

/**
 * Keeps what each translation was made from: a text that is written or changed gets the fingerprint of the other
 * language's text of that moment, as a draft of its author. Follows changes made through the API and by the portal.
 */
@Injectable()
export class TranslationListener implements ChangeListener {
  async onChange(change: Change, manager: EntityManager): Promise<void> {
    await syncUnits(manager, change.spec, change.id, writingOf(change), change.kind === 'created');
  }
}
