import { Entity, Index } from 'typeorm';
import type { Language } from '../../../kernel/languages.js';
import { Code, Codes, Localized, Ref, Text } from '../../../resource/fields.js';
import { PortalRecord } from '../../../resource/record.js';
import type { LocalizedText, Reference } from '../../../resource/values.js';

/** Latin letters as passports and invitations have them. */
const LATIN_NAME = /^[\p{Script=Latin}\p{M} .'’-]+$/u;

/** A member of a delegation. Of those who are coming, one is its head. */
@Entity()
@Index('delegate_one_head', ['delegation'], {
  unique: true,
  where: `role = 'head' and state <> 'withdrawn' and invitation not in ('declined', 'substituted')`,
})
export class Delegate extends PortalRecord {
  @Ref('delegation', { required: true })
  delegation: Reference;

  /** In Chinese characters, and in Cyrillic: Chinese names after Palladius. */
  @Localized({ required: true, max: 120 })
  name: LocalizedText;

  @Text({ max: 120, pattern: LATIN_NAME })
  nameLatin: string | null;

  @Localized({ max: 300 })
  post: LocalizedText | null;

  @Ref('organization')
  organization: Reference | null;

  @Code('delegateRole', { required: true, initially: 'member' })
  role: string;

  /** Languages between which an interpreter works. */
  @Codes('language')
  interprets: Language[] | null;

  @Code('delegateInvitation', { required: true, initially: 'invited' })
  invitation: string;

  /** Who comes instead. */
  @Ref('delegate')
  substitute: Reference | null;

  @Code('attendance', { required: true, initially: 'unknown' })
  attended: string;
}
