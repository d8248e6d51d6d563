import type { EntityManager } from 'typeorm';
import { translatableLanguage } from '../kernel/access.js';
import type { Actor } from '../kernel/actor.js';
import { type Language, type LanguageMap, otherLanguage } from '../kernel/languages.js';
import { type FieldError, pointerTo, problem } from '../kernel/problems.js';
import type { Body } from './body.js';
import { localizedFields, type ResourceSpec } from './spec.js';
import type { Stored } from './stored.js';

/** Fields whose translation was approved and still stands against the text it was made from. */
const settledFields = async (
  manager: EntityManager,
  { id, body }: Stored,
  fields: string[],
  language: Language,
): Promise<Set<string>> => {
  const originals = fields.map((name) => (body[name] as LanguageMap | undefined)?.[otherLanguage(language)] ?? null);
  const rows = (await manager.query(
    `select t.field from translation t
       join unnest($3::text[], $4::text[]) as now(field, original) on now.field = t.field
      where t.record_id = $1 and t.language = $2 and t.state = 'approved'
        and t.source_hash is not distinct from text_fingerprint(now.original)`,
    [id, language, fields, originals],
  )) as { field: string }[];
  return new Set(rows.map(({ field }) => field));
};

const isTextIn = (value: unknown, language: Language): boolean => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const members = Object.entries(value);
  return members.length > 0 && members.every(([name, text]) => name === language && typeof text === 'string');
};

/**
 * Publishing two authentic texts needs one approver from each side (bilingual.md): every text is there, and approved.
 * @throws `translation.not-agreed` naming the fields that lack an approval
 */
export const mustBeAgreed = async (manager: EntityManager, { id, body }: Stored): Promise<void> => {
  if (body.sourceLanguage !== 'both') return;
  const rows = (await manager.query(
    `select distinct field from translation where record_id = $1 and authentic and standing <> 'approved' order by field`,
    [id],
  )) as { field: string }[];
  if (rows.length === 0) return;
  const errors = rows.map(({ field }): FieldError => ({ pointer: pointerTo('', field), code: 'not-agreed' }));
  throw problem('translation.not-agreed', { errors });
};

/**
 * What a translator may change of a record: its texts in the language translated into, as long as they lie in the
 * queue, that is, are missing, drafts or stale. An approved translation that still stands is not rewritten.
 * @throws `auth.forbidden` naming the members that are not the translator's to write (hardening A16)
 */
export const mustOnlyTranslate = async (
  manager: EntityManager,
  spec: ResourceSpec,
  actor: Actor,
  stored: Stored,
  patch: Body,
): Promise<void> => {
  const language = translatableLanguage(actor, stored.body.sourceLanguage);
  if (!language) throw problem('auth.forbidden');
  const texts = new Set(localizedFields(spec).map((field) => field.name));
  const settled = await settledFields(manager, stored, [...texts], language);
  const errors = Object.entries(patch)
    .filter(([name, value]) => !texts.has(name) || settled.has(name) || !isTextIn(value, language))
    .map(([name]): FieldError => ({ pointer: pointerTo('', name), code: 'not-yours-to-write' }));
  if (errors.length > 0) throw problem('auth.forbidden', { errors });
};
