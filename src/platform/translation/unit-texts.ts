import type { LanguageMap } from '../../kernel/languages.js';
import { snakeCase } from '../../resource/field.js';
import { localizedFields, type ResourceSpec, resourceOf, tableOf } from '../../resource/spec.js';

/** The natural texts of one record by field, what it is called, and its language. */
export type RecordTexts = { texts: Record<string, LanguageMap>; name: LanguageMap | null; sourceLanguage: string };

/** Runs a statement that yields `id` and `json`. */
export type AskRows = (text: string, values: unknown[]) => Promise<{ id: string; json: string }[]>;

const textsSql = (spec: ResourceSpec): string => {
  const members = localizedFields(spec).map(({ name }) => {
    const column = (language: string) => `r."${snakeCase(name)}_${language}"`;
    return `'${name}', json_strip_nulls(json_build_object('zh', ${column('zh')}, 'ru', ${column('ru')}))`;
  });
  return `select r.id, json_build_object('sourceLanguage', r.source_language, 'texts',
    json_build_object(${members.join(', ')}))::text as json from "${tableOf(spec)}" r where r.id = any($1::uuid[])`;
};

/**
 * Live texts of records, one statement a resource: they stand in the records only.
 * @param records resource and id of each
 */
export const readTexts = async (
  ask: AskRows,
  records: readonly { resource: string; recordId: string }[],
): Promise<Map<string, RecordTexts>> => {
  const byResource = new Map<string, Set<string>>();
  for (const { resource, recordId } of records) {
    const ids = byResource.get(resource) ?? new Set();
    byResource.set(resource, ids.add(recordId));
  }
  const found = new Map<string, RecordTexts>();
  for (const [resource, ids] of byResource) {
    const spec = resourceOf(resource);
    for (const { id, json } of await ask(textsSql(spec), [[...ids]])) {
      const { texts, sourceLanguage } = JSON.parse(json) as Omit<RecordTexts, 'name'>;
      found.set(id, { texts, sourceLanguage, name: spec.main ? (texts[spec.main] ?? null) : null });
    }
  }
  return found;
};
