import type { EntityManager } from 'typeorm';
import { isLanguage, LANGUAGES, type Language, type LanguageMap, otherLanguage } from '../kernel/languages.js';
import { type Body, isObject } from './body.js';
import { localizedFields, type ResourceSpec } from './spec.js';
import type { Stored } from './stored.js';

/** A change as the trail keeps it: what each member was and became. */
type Changes = Record<string, { before?: unknown; after?: unknown }>;

/** Languages that differ between two language maps. */
const languagesOf = (before: unknown, after: unknown): Language[] => {
  const [was, is] = [(before ?? {}) as LanguageMap, (after ?? {}) as LanguageMap];
  return LANGUAGES.filter((language) => (was[language] ?? null) !== (is[language] ?? null));
};

/** Whether a change did nothing but write texts in one language. */
const isTextIn = (changes: Changes, language: Language, texts: ReadonlySet<string>): boolean =>
  Object.entries(changes).every(
    ([name, { before, after }]) =>
      texts.has(name) && languagesOf(before, after).every((changed) => changed === language),
  );

/** Languages of texts that a patch writes; both where it clears a field. */
const writtenBy = (patch: Body, texts: ReadonlySet<string>): Set<string> =>
  new Set(
    Object.entries(patch)
      .filter(([name]) => texts.has(name))
      .flatMap(([, map]) => (isObject(map) ? Object.keys(map) : LANGUAGES)),
  );

/**
 * Whether a patch made from an older version may go on, because since then nothing happened but translations that it does
 * not touch: zh and ru lock independently (bilingual.md). A patch that writes a translation itself waits for nothing of
 * the kind, since it may have been made from an older original.
 */
export const passesTranslations = async (
  manager: EntityManager,
  spec: ResourceSpec,
  stored: Stored,
  version: number,
  patch: Body,
): Promise<boolean> => {
  const { sourceLanguage } = stored.body;
  if (!isLanguage(sourceLanguage) || version >= stored.version || 'sourceLanguage' in patch) return false;
  const target = otherLanguage(sourceLanguage);
  const texts = new Set(localizedFields(spec).map(({ name }) => name));
  if (writtenBy(patch, texts).has(target)) return false;
  const rows = (await manager.query(
    `select a.changes from audit a where a.object_id = $1::text and a.object_resource = $2 and a.object_version > $3
       and a.action = $4`,
    [stored.id, spec.name, version, `${spec.name}.update`],
  )) as { changes: Changes | null }[];
  return (
    rows.length === stored.version - version && rows.every(({ changes }) => isTextIn(changes ?? {}, target, texts))
  );
};
