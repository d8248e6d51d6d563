import { Entity } from 'typeorm';
import { Code, DateOnly, Int, Localized, Ref } from '../../resource/fields.js';
import { SourcedRecord } from '../../resource/record.js';
import type { LocalizedText, Reference } from '../../resource/values.js';

/** A body in a mechanism, through the post that holds the seat rather than a person. */
@Entity()
export class Membership extends SourcedRecord {
  @Ref('mechanism', { required: true })
  mechanism: Reference;

  @Ref('organization', { required: true })
  organization: Reference;

  @Code('sideOrOther', { required: true })
  side: string;

  @Code('membershipRole', { required: true })
  role: string;

  /** The role in the words of the document: 副组长, заместитель руководителя группы. */
  @Localized()
  roleTitle: LocalizedText | null;

  /** The post that holds the seat: 市委常委、政府副市长, заместитель мэра города. */
  @Localized()
  post: LocalizedText | null;

  /** The body for which the member sits, where it is not the member itself. */
  @Ref('organization')
  onBehalfOf: Reference | null;

  /** Place in the document's list. */
  @Int({ min: 1 })
  order: number | null;

  @DateOnly()
  since: string | null;

  @DateOnly()
  until: string | null;
}
