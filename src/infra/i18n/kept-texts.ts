import type { Texts } from './texts.js';

/** What is made of the portal's texts and kept, until other texts take their place. */
export class KeptTexts<Value> {
  private readonly kept = new Map<string, Value>();
  private revision: number;

  constructor(private readonly texts: Texts) {
    this.revision = texts.revision;
  }

  /** What is kept under a key, made now where there is nothing. */
  get(key: string, make: () => Value): Value {
    if (this.revision !== this.texts.revision) {
      this.kept.clear();
      this.revision = this.texts.revision;
    }
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.kept.set(key, made);
    return made;
  }
}
