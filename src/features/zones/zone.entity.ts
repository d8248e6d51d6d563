import { Entity, Index } from 'typeorm';
import type { Side } from '../../kernel/actor.js';
import { Aliases, Code, Localized, Ref, Refs, Size } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedList, LocalizedText, Quantity, Reference } from '../../resource/values.js';

/** A territory with a regime of its own, or a part of one: zone, park, functional area, block. */
@Entity()
@Index('zone_parent', ['parent'])
export class Zone extends SourcedRecord {
  @Localized({ required: true })
  name: LocalizedText;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;

  /** Other names the zone is found under. */
  @Aliases()
  aliases: LocalizedList | null;

  @Code('zoneKind', { required: true })
  kind: string;

  /** None where no source says how far the zone is. */
  @Code('zoneStage')
  stage: string | null;

  /** How the zone is built up, such as a core area with supporting areas (“核心区+配套区”). */
  @Code('zoneLayout')
  layout: string | null;

  @Code('side', { required: true })
  side: Side;

  @Ref('region')
  region: Reference | null;

  /** Zone that this one is a part of. */
  @Ref('zone')
  parent: Reference | null;

  /** Zone that it works with, as a rule on the other side. */
  @Ref('zone')
  partnerZone: Reference | null;

  @Ref('organization')
  partnerOrganization: Reference | null;

  @Ref('region')
  partnerRegion: Reference | null;

  /** Planned area, in m². */
  @Size()
  plannedArea: Quantity | null;

  @Refs('industry')
  industries: Reference[];

  /** Documents that found, plan or regulate the zone. */
  @Refs('document')
  documents: Reference[];
}
