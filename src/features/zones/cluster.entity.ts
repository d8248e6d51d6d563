import { Entity } from 'typeorm';
import { Code, Localized, Ref, Refs } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** A list of industries that an owner and a partner grow together, such as “6+N” (seed row 3-09). */
@Entity()
export class Cluster extends SourcedRecord {
  @Localized({ required: true })
  name: LocalizedText;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;

  @Code('clusterKind', { required: true })
  kind: string;

  /** Body of the other side that the cluster is grown with. */
  @Ref('organization')
  partner: Reference | null;

  @Ref('document')
  document: Reference | null;

  /** The closed part of the list: the “6” of “6+N”. */
  @Refs('industry')
  fixedIndustries: Reference[];

  /** The part that may be continued: the “N” of “6+N”. */
  @Refs('industry')
  openIndustries: Reference[];

  @Refs('zone')
  zones: Reference[];
}
