import { Entity, Index } from 'typeorm';
import { Code, DateOnly, Items, Localized, Ref, Refs, Size } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Quantity, Reference } from '../../resource/values.js';

/** A figure of a facility on a day, such as the number of warehouses. */
export class FacilityFigure {
  @Localized({ required: true })
  name: LocalizedText;

  @Size({ required: true })
  quantity: Quantity;

  /** Day that the figure holds for; none where the document names none. */
  @DateOnly()
  asOfOn: string | null;
}

/** Something built for traffic and trade: bridge, port of entry, route, warehouse, base, settlement centre. */
@Entity()
@Index('facility_zone', ['zone'])
export class Facility extends SourcedRecord {
  @Localized({ required: true })
  name: LocalizedText;

  @Localized({ max: 2000, multiline: true })
  summary: LocalizedText | null;

  @Code('facilityKind', { required: true })
  kind: string;

  /** None where no source says how far it is. */
  @Code('facilityStage')
  stage: string | null;

  @Ref('region')
  region: Reference | null;

  @Ref('zone')
  zone: Reference | null;

  /** Places that a bridge, a route or a line connects, in the order of the document. */
  @Refs('region')
  ends: Reference[];

  @Items(() => FacilityFigure)
  figures: FacilityFigure[];
}
