import { Entity } from 'typeorm';
import type { Side } from '../../kernel/actor.js';
import { Aliases, Code, Localized, Ref, Text } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedList, LocalizedText, Reference } from '../../resource/values.js';

/** A place: state, province or oblast, city, county, settlement. */
@Entity()
export class Region extends SourcedRecord {
  @Localized({ required: true })
  name: LocalizedText;

  @Localized()
  shortName: LocalizedText | null;

  /** Other names the place is found under. */
  @Aliases()
  aliases: LocalizedList | null;

  @Code('regionLevel', { required: true })
  level: string;

  /** None for places of third countries. */
  @Code('side')
  side: Side | null;

  @Ref('region')
  parent: Reference | null;

  /** IANA time zone; none where the region spans several. */
  @Text({ max: 40 })
  timeZone: string | null;

  /** ISO 3166-1 or 3166-2 code. */
  @Text({ pattern: /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/ })
  isoCode: string | null;

  /** Chinese administrative division code, GB/T 2260. */
  @Text({ pattern: /^\d{6}$/ })
  gbt2260: string | null;

  /** Russian municipal territory code, ОКТМО. */
  @Text({ pattern: /^\d{8}(\d{3})?$/ })
  oktmo: string | null;
}
