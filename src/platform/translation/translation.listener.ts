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
  const written = writtenTranslations(spec, after, before);
  if (written.length === 0) return;
  await manager.query(
    `insert into translation (record_id, field, language, resource, origin, state, source_hash, author_id, updated_at)
     select $1, field, language, $2, $3, 'draft', text_fingerprint(original), $4, now()
     from unnest($5::text[], $6::text[], $7::text[]) as written(field, language, original)
     on conflict (record_id, field, language) do update set origin = excluded.origin, state = 'draft',
       source_hash = excluded.source_hash, author_id = excluded.author_id, approver_id = null, updated_at = now()`,
    [
      id,
      spec.name,
      by.origin,
      by.authorId,
      written.map(({ field }) => field),
      written.map(({ language }) => language),
      written.map(({ original }) => original),
    ],
  );
};

type WrittenTranslation = { field: string; language: Language; original: string | null };

/** Translated texts that a change sets or alters, each with the text of the other language they stand against. */
const writtenTranslations = (spec: ResourceSpec, after: Body, before: Body | undefined): WrittenTranslation[] =>
  localizedFields(spec).flatMap(({ name }) =>
    translatedLanguages(after).flatMap((language) => {
      const texts = (after[name] ?? {}) as LanguageMap;
      const previous = (before?.[name] as LanguageMap | undefined)?.[language];
      if (!texts[language] || texts[language] === previous) return [];
      return [{ field: name, language, original: texts[otherLanguage(language)] ?? null }];
    }),
  );

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
