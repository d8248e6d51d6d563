import type { Side } from '../../../kernel/actor.js';
import type { LifeAct } from '../../../kernel/mechanism-life.js';
import { Code, Codes, DateOnly, Identifier, Int, Item, Items, Localized } from '../../../resource/fields.js';
import type { LocalizedText } from '../../../resource/values.js';
import { LifeConsent, LifeEntry } from './life-record.js';

/** What a side says when it takes a step in the life of a mechanism. */
export class LifeDeclaration {
  /** The side for which somebody speaks. */
  @Code('side', { required: true })
  side: Side;

  /** Since which day the new status holds. */
  @DateOnly({ required: true })
  on: string;

  @Localized({ max: 1000, multiline: true })
  reason?: LocalizedText | null;
}

/** What one side has said that waits for the other. */
export class SideInLife {
  @Code('side', { required: true })
  side: Side;

  @Item(() => LifeConsent)
  consent: LifeConsent | null;
}

/** A step that can be taken next. */
export class OpenLifeStep {
  @Code('mechanismAct', { required: true })
  act: LifeAct;

  @Code('mechanismStatus', { required: true })
  leadsTo: string;

  /** The sides whose consent it still wants. */
  @Codes('side')
  awaited: Side[];
}

/** The life of a mechanism: what it is, what it was, and what each side wants. */
export class MechanismLife {
  @Identifier({ required: true })
  id: string;

  @Int({ required: true, min: 1 })
  version: number;

  @Code('mechanismStatus', { required: true })
  status: string;

  @DateOnly()
  statusOn: string | null;

  /** The sides that decide, each with what it has said. */
  @Items(() => SideInLife)
  sides: SideInLife[];

  /** The steps that can be taken next. */
  @Items(() => OpenLifeStep)
  open: OpenLifeStep[];

  /** The statuses so far, the present one last. */
  @Items(() => LifeEntry)
  history: LifeEntry[];
}
