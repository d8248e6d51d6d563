import { Entity } from 'typeorm';
import type { Side } from '../../kernel/actor.js';
import { Aliases, Code, Item, Localized, Ref } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedList, LocalizedText, Reference } from '../../resource/values.js';

/** An enterprise's standing relation to a body of the portal (seed row 0-09). */
export class CompanyCooperation {
  @Code('companyRelation', { required: true })
  kind: string;

  @Ref('organization', { required: true })
  with: Reference;
}

/** A body that acts: government, department, zone administration, enterprise … It needs no account. */
@Entity()
export class Organization extends SourcedRecord {
  @Localized({ required: true })
  name: LocalizedText;

  @Localized()
  shortName: LocalizedText | null;

  /** Other names the body is found under. */
  @Aliases()
  aliases: LocalizedList | null;

  @Code('organizationKind', { required: true })
  kind: string;

  @Code('organizationStatus')
  status: string | null;

  @Code('level')
  level: string | null;

  @Code('side', { required: true })
  side: Side;

  @Ref('region')
  region: Reference | null;

  @Ref('organization')
  parent: Reference | null;

  @Item(() => CompanyCooperation)
  cooperation: CompanyCooperation | null;
}
