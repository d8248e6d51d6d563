import { Injectable } from '@nestjs/common';
import type { Language } from '../../kernel/languages.js';

/** What an engine is asked to translate. */
export type MachineRequest = { text: string; from: Language; into: Language };

/**
 * The port of machine translation. None is connected: this one translates nothing. Whoever runs the portal with an engine
 * provides a class of their own in its place; what it writes stays marked until a person approves it.
 */
@Injectable()
export class TranslationEngine {
  /** Whether there is an engine at all. */
  readonly connected: boolean = false;

  /** @returns the translation, or nothing where the engine has none */
  async translate(_request: MachineRequest): Promise<string | undefined> {
    return undefined;
  }
}
