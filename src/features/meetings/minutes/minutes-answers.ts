import type { Side } from '../../../kernel/actor.js';
import type { Language } from '../../../kernel/languages.js';
import {
  Code,
  DateOnly,
  Flag,
  Identifier,
  Instant,
  Int,
  Item,
  Items,
  Localized,
  Ref,
  Refs,
  Text,
} from '../../../resource/fields.js';
import { TextComparison } from '../../../resource/history.js';
import type { LocalizedText, Reference } from '../../../resource/values.js';

/** SHA-256 in hexadecimal. */
const HASH = { max: 64, pattern: /^[0-9a-f]{64}$/ };

/** What the minutes say on one item. */
class MinutesText {
  @Identifier({ required: true })
  id: string;

  /** Version of the record, for `If-Match`. */
  @Int({ required: true, min: 1 })
  version: number;

  @Int({ required: true, min: 1 })
  position: number;

  @Ref('agenda-item')
  agendaItem: Reference | null;

  @Localized({ required: true })
  text: LocalizedText;

  /** Whether both sides sign it; otherwise it is a side's own note. */
  @Flag({ required: true })
  joint: boolean;
}

/** A decision that is sealed with the minutes. */
class MinutesDecision {
  @Identifier({ required: true })
  id: string;

  @Code('decisionKind', { required: true })
  kind: string;

  @Text()
  number: string | null;

  @Localized({ required: true })
  text: LocalizedText;

  @Refs('organization')
  responsible: Reference[];

  @DateOnly()
  dueOn: string | null;
}

/** An agreement or a signature of a side, and what became of it. */
class MinutesSealView {
  @Code('sealKind', { required: true })
  kind: string;

  @Code('side', { required: true })
  side: Side;

  /** The version that was sealed. */
  @Int({ required: true, min: 1 })
  number: number;

  @Text({ ...HASH, required: true })
  hash: string;

  @Instant({ required: true })
  at: string;

  @Ref('organization')
  organization: Reference | null;

  @Instant()
  brokenAt: string | null;

  @Code('side')
  brokenBySide: Side | null;

  @Ref('organization')
  brokenByOrganization: Reference | null;
}

/** A version of the minutes that is kept. */
class MinutesVersionView {
  @Int({ required: true, min: 1 })
  number: number;

  @Text({ ...HASH, required: true })
  hash: string;

  @Instant({ required: true })
  madeAt: string;

  @Code('side', { required: true })
  side: Side;

  @Ref('organization')
  organization: Reference | null;
}

/** The minutes of a meeting: both texts, how far they have come, and whose seals stand or were broken. */
export class MinutesView {
  @Ref('meeting', { required: true })
  meeting: Reference;

  @Code('minutesStanding', { required: true })
  standing: string;

  /** Of both texts as they stand; agreeing and signing name it. */
  @Text({ ...HASH, required: true })
  hash: string;

  @Items(() => MinutesText, { max: 10_000 })
  items: MinutesText[];

  @Items(() => MinutesDecision, { max: 10_000 })
  decisions: MinutesDecision[];

  @Items(() => MinutesSealView)
  seals: MinutesSealView[];

  /** The latest first. */
  @Items(() => MinutesSealView)
  broken: MinutesSealView[];

  @Items(() => MinutesVersionView, { max: 10_000 })
  versions: MinutesVersionView[];
}

/** A side agrees to the text of its language, in view of both. */
export class NewAgreement {
  @Code('language', { required: true })
  language: Language;

  @Text({ ...HASH, required: true })
  hash: string;
}

/** A side signs both texts. */
export class NewSignature {
  @Text({ ...HASH, required: true })
  hash: string;

  /** For whom; one's own side where nothing is said. */
  @Code('side')
  side?: Side;
}

/** A text of a kept version and, where another version is named, what became of it since. */
class VersionText {
  @Code('minutesPart', { required: true })
  part: string;

  /** The record that it was taken from. */
  @Identifier({ required: true })
  id: string;

  @Localized()
  text: LocalizedText | null;

  /** From the other version to this one; none where no other is named. */
  @Item(() => TextComparison)
  zh: TextComparison | null;

  @Item(() => TextComparison)
  ru: TextComparison | null;
}

/** One kept version in both languages. */
export class KeptMinutes {
  @Int({ required: true, min: 1 })
  number: number;

  @Text({ ...HASH, required: true })
  hash: string;

  @Instant({ required: true })
  madeAt: string;

  @Int({ min: 1 })
  comparedWith: number | null;

  @Items(() => VersionText, { max: 20_000 })
  texts: VersionText[];
}

/** What the trail says of one signature. */
class SignatureProof {
  @Code('side', { required: true })
  side: Side;

  @Instant({ required: true })
  at: string;

  @Ref('organization')
  organization: Reference | null;

  @Instant()
  brokenAt: string | null;

  /** Number of the entry of the trail that records it, if there is one. */
  @Int({ min: 1, max: Number.MAX_SAFE_INTEGER })
  trailSeq: number | null;

  /** Whether that entry is there, names the same hash, and is what its own hash says. */
  @Flag({ required: true })
  recorded: boolean;
}

/** Whether signed minutes can be relied upon. */
export class MinutesVerification {
  /** The version that was signed last. */
  @Int({ required: true, min: 1 })
  number: number;

  @Text({ ...HASH, required: true })
  hash: string;

  /** Whether the kept content still has that hash. */
  @Flag({ required: true })
  contentHolds: boolean;

  /** Whether the texts of today are still those that were signed. */
  @Flag({ required: true })
  textsUnchanged: boolean;

  @Items(() => SignatureProof)
  signatures: SignatureProof[];

  /** Everything above holds, and both sides have signed. */
  @Flag({ required: true })
  valid: boolean;
}
