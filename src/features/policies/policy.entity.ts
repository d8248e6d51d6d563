import { Entity } from 'typeorm';
import { Code, Codes, Localized, Ref, Refs } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** A policy of either jurisdiction, also one that is only planned or asked for (seed rows 0-04, 3-07). */
@Entity()
export class Policy extends SourcedRecord {
  @Localized({ required: true, max: 500 })
  title: LocalizedText;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;

  @Code('policyStatus', { required: true })
  status: string;

  /** Side whose law it is. */
  @Code('jurisdiction', { required: true })
  jurisdiction: string;

  @Codes('policySubject')
  subjects: string[] | null;

  /** Document that holds the text of the policy. */
  @Ref('document')
  document: Reference | null;

  @Refs('organization')
  issuers: Reference[];

  /** Zones that it applies to, or is wanted for. */
  @Refs('zone')
  zones: Reference[];

  /** Policies that it was modelled on, as a rule those of the other side. */
  @Refs('policy')
  derivedFrom: Reference[];
}
