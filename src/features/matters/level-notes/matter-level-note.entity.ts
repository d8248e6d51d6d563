import { Entity } from 'typeorm';
import { Code, DateOnly, Localized, Ref } from '../../../resource/fields.js';
import { PortalRecord } from '../../../resource/record.js';
import type { LocalizedText, Reference } from '../../../resource/values.js';

/** One matter as one level sees it: its own status and note beside the matter's (三级联动). */
@Entity()
export class MatterLevelNote extends PortalRecord {
  @Ref('matter', { required: true })
  matter: Reference;

  @Code('level', { required: true })
  level: string;

  /** What the matter is to this level, whatever it is to the others. */
  @Code('matterStatus', { required: true, initially: 'open' })
  status: string;

  @Localized({ required: true, max: 4000, multiline: true })
  note: LocalizedText;

  /** As of which day. */
  @DateOnly()
  asOf: string | null;
}
