/** A value inside a text: plain, or itself a text that is chosen by language. */
export type ReasonValue = string | number | Reason;

/**
 * Why the portal does not start: the key of a text in `locales/{zh,ru}/console.json`
 * under `refusal.`, and what is filled in.
 */
export type Reason = { readonly code: string; readonly values?: Readonly<Record<string, ReasonValue>> };

/**
 * A start that is refused by name. It is told to the person at the console in both languages
 * and without a stack: the cause lies outside the program.
 */
export class Refusal extends Error {
  readonly reasons: readonly Reason[];

  /** @param reasons all that stands in the way, not only the first */
  constructor(reasons: readonly Reason[], options?: ErrorOptions) {
    super(reasons.map((reason) => reason.code).join(', '), options);
    this.name = 'Refusal';
    this.reasons = reasons;
  }
}

/** A refusal for one reason. */
export const refusal = (code: string, values: Reason['values'] = {}, cause?: unknown): Refusal =>
  new Refusal([{ code, values }], cause === undefined ? undefined : { cause });
