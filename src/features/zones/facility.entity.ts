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

/** A notice that nobody gets through: days by the calendar of the place, the first and the last included. */
export class FacilityClosure {
  @DateOnly({ required: true })
  from: string;

  /** None for a closure until further notice. */
  @DateOnly()
  until: string | null;

  @Localized({ required: true, max: 500 })
  reason: LocalizedText;
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

  /** Notices of closure. None says only that the portal knows of none. */
  @Items(() => FacilityClosure)
  closures: FacilityClosure[];
}
