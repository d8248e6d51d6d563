import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Author } from '../../kernel/actor.js';
import { LANGUAGES, type Language, type LanguageMap, otherLanguage } from '../../kernel/languages.js';
import type { Body } from '../../resource/body.js';
import type { Change, ChangeListener } from '../../resource/changes.js';
import { localizedFields, type ResourceSpec } from '../../resource/spec.js';

type Origin = 'human' | 'import';

/** Languages whose text is a translation: none where both are equally authentic. */
const translatedLanguages = (body: Body): Language[] =>
  body.sourceLanguage === 'both' ? [] : LANGUAGES.filter((language) => language !== body.sourceLanguage);

/**
 * Keeps what each translation was made from: a text that is written or changed gets the fingerprint of the
 * other language's text of that moment, as a draft of its author.
 */
const recordTranslations = async (
  manager: EntityManager,
  spec: ResourceSpec,
  id: string,
  after: Body,
  before: Body | undefined,
  by: { origin: Origin; authorId: string | null },
): Promise<void> => {
  for (const { name } of localizedFields(spec)) {
    for (const language of translatedLanguages(after)) {
      const text = (after[name] as LanguageMap | undefined)?.[language];
      const previous = (before?.[name] as LanguageMap | undefined)?.[language];
      if (!text || text === previous) continue;
      const original = (after[name] as LanguageMap)[otherLanguage(language)] ?? null;
      await manager.query(
        `insert into translation (record_id, field, language, resource, origin, state, source_hash, author_id, updated_at)
         values ($1, $2, $3, $4, $5, 'draft', text_fingerprint($6), $7, now())
         on conflict (record_id, field, language) do update set origin = excluded.origin, state = 'draft',
           source_hash = excluded.source_hash, author_id = excluded.author_id, approver_id = null, updated_at = now()`,
        [id, name, language, spec.name, by.origin, original, by.authorId],
      );
    }
  }
};

/** Texts that the portal loads itself come from an import that nobody has confirmed yet. */
const authorship = (author: Author): { origin: Origin; authorId: string | null } => ({
  origin: author.kind === 'system' ? 'import' : 'human',
  authorId: author.kind === 'account' ? author.id : null,
});

/** Follows the changes that people make through the API, and those of the portal itself. */
@Injectable()
export class TranslationListener implements ChangeListener {
  async onChange(change: Change, manager: EntityManager): Promise<void> {
    if (change.kind !== 'created' && change.kind !== 'updated') return;
    await recordTranslations(manager, change.spec, change.id, change.after, change.before, authorship(change.actor));
  }
}
