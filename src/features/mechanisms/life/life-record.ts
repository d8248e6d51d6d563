import type { Side } from '../../../kernel/actor.js';
import type { LifeAct, LifeStatus } from '../../../kernel/mechanism-life.js';
import { Code, DateOnly, Instant, Int, Items, Localized, Ref } from '../../../resource/fields.js';
import type { LocalizedText, Reference } from '../../../resource/values.js';

/** That one side wants a step in the life of a mechanism. */
export class LifeConsent {
  @Code('side', { required: true })
  side: Side;

  @Code('mechanismAct', { required: true })
  act: LifeAct;

  /** Since which day, as the side sees it. */
  @DateOnly({ required: true })
  on: string;

  @Instant({ required: true })
  at: string;

  /** Organization of whoever spoke for the side. */
  @Ref('organization')
  organization: Reference | null;

  /** Version of the mechanism that the consent made. */
  @Int({ required: true, min: 1 })
  version: number;

  @Localized({ max: 1000, multiline: true })
  reason: LocalizedText | null;
}

/** A status that a mechanism has had, since when, and who consented to it. */
export class LifeEntry {
  @Code('mechanismStatus', { required: true })
  status: LifeStatus;

  @DateOnly()
  on: string | null;

  /** None where the status was entered as the documents have it. */
  @Items(() => LifeConsent)
  consents: LifeConsent[];
}
