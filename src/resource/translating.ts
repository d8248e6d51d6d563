import type { EntityManager } from 'typeorm';
import { capacitiesOf, translatableLanguage } from '../kernel/access.js';
import { type Actor, languageOfSide, sideOf } from '../kernel/actor.js';
import { LANGUAGES, type Language, type LanguageMap, otherLanguage } from '../kernel/languages.js';
import { type FieldError, pointerTo, problem } from '../kernel/problems.js';
import { type Body, isObject } from './body.js';
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

/** The language that an actor may write of a record that is not the actor's own. */
const writableLanguage = (spec: ResourceSpec, actor: Actor, body: Body): Language | undefined => {
  const side = sideOf(actor);
  if (spec.wordedBySides && side && capacitiesOf(actor).has('coordinator')) return languageOfSide(side);
  return translatableLanguage(actor, body.sourceLanguage);
};

/**
 * Of texts that the sides word together, whoever owns the record changes those of the own side's language only. Texts
 * that a patch repeats as they stand are no change.
 * @throws `auth.forbidden` naming the texts of the other side
 */
export const mustWordOwnSide = (spec: ResourceSpec, actor: Actor, { body }: Stored, patch: Body): void => {
  const side = sideOf(actor);
  if (!spec.wordedBySides || !side) return;
  const foreign = LANGUAGES.filter((language) => language !== languageOfSide(side));
  const errors = localizedFields(spec).flatMap(({ name }) => {
    const [now, then] = [(body[name] ?? {}) as LanguageMap, patch[name]];
    if (!isObject(then)) return [];
    const changed = foreign.filter(
      (language) => language in then && (then[language] ?? null) !== (now[language] ?? null),
    );
    return changed.map((language): FieldError => ({ pointer: `/${name}/${language}`, code: 'not-yours-to-write' }));
  });
  if (errors.length > 0) throw problem('auth.forbidden', { errors });
};

/**
 * Publishing two authentic texts needs one approver from each side (bilingual.md): every text is there, and approved.
 * Joint texts are agreed and signed as a whole, by the sign-off of what they are part of.
 * @throws `translation.not-agreed` naming the fields that lack an approval
 */
export const mustBeAgreed = async (manager: EntityManager, spec: ResourceSpec, { id, body }: Stored): Promise<void> => {
  if (body.sourceLanguage !== 'both' || spec.wordedBySides) return;
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
 * queue, that is, are missing, drafts or stale. An approved translation that still stands is not rewritten. The other
 * side's secretariat changes joint texts in the same way, in its own language.
 * @throws `auth.forbidden` naming the members that are not the translator's to write (hardening A16)
 */
export const mustOnlyTranslate = async (
  manager: EntityManager,
  spec: ResourceSpec,
  actor: Actor,
  stored: Stored,
  patch: Body,
): Promise<void> => {
  const language = writableLanguage(spec, actor, stored.body);
  if (!language) throw problem('auth.forbidden');
  const texts = new Set(localizedFields(spec).map((field) => field.name));
  const settled = await settledFields(manager, stored, [...texts], language);
  const errors = Object.entries(patch)
    .filter(([name, value]) => !texts.has(name) || settled.has(name) || !isTextIn(value, language))
    .map(([name]): FieldError => ({ pointer: pointerTo('', name), code: 'not-yours-to-write' }));
  if (errors.length > 0) throw problem('auth.forbidden', { errors });
};
