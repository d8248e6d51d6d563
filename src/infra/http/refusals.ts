import { Injectable } from '@nestjs/common';
import type { Ask } from '../../kernel/exchange.js';
import type { ProblemCode } from '../../kernel/problems.js';

/** A write that was refused to somebody who is signed in. */
export type Refusal = {
  ask: Ask;
  /** What the route wanted, such as `lead.update`. */
  permission: string;
  resource?: string;
  /** Id in the path, as it was sent. */
  objectId?: string;
  code: ProblemCode;
};

/** Is told of refused writes; the platform's trail replaces this one, which forgets them. */
@Injectable()
export class RefusalObserver {
  async refused(_refusal: Refusal): Promise<void> {}
}
