/**
 * Every error the API can answer with: code → HTTP status. The texts stand in
 * `locales/{zh,ru}/problems.json` under the same code; a contract test compares the two lists.
 */
export const PROBLEMS = {
  'request.malformed': 400,
  'request.invalid': 400,
  'request.unknown-parameter': 400,
  'request.repeated-parameter': 400,
  'request.invalid-parameter': 400,
  'request.invalid-cursor': 400,
  'request.body-required': 400,
  'request.invalid-header': 400,
  'account.token-unknown': 400,
  'auth.sign-in-failed': 400,
  'exchange.encoding': 400,
  'exchange.unreadable': 400,
  'exchange.unsafe': 400,
  'exchange.too-many': 400,
  'auth.required': 401,
  'auth.invalid-credentials': 401,
  'auth.code-required': 401,
  'auth.forbidden': 403,
  'auth.second-factor-required': 403,
  'auth.foreign-origin': 403,
  'translation.own-work': 403,
  'resource.not-found': 404,
  'route.not-found': 404,
  'exchange.nothing': 404,
  'route.method-not-allowed': 405,
  'request.timeout': 408,
  'resource.reference-unseen': 404,
  'resource.conflict': 409,
  'resource.duplicate': 409,
  'resource.reference-missing': 409,
  'account.exists': 409,
  'account.last-administrator': 409,
  'account.second-factor-set': 409,
  'account.too-many-feeds': 409,
  'request.in-progress': 409,
  'scheduling.calendar-unknown': 409,
  'scheduling.time-zone-unknown': 409,
  'matter.not-now': 409,
  'matter.course-decides': 409,
  'matter.counterpart-unclear': 409,
  'matter.not-a-counterpart': 409,
  'matter.counterpart-cannot-see': 409,
  'matter.no-mechanism': 409,
  'matter.top-of-ladder': 409,
  'matter.not-above': 409,
  'matter.next-not-in-force': 409,
  'matter.nowhere-to-return': 409,
  'webhook.disabled': 409,
  'mechanism.wrong-status': 409,
  'mechanism.not-shared': 409,
  'mechanism.consented-already': 409,
  'mechanism.sides-settled': 409,
  'membership.overlap': 409,
  'meeting.wrong-status': 409,
  'meeting.not-shared': 409,
  'meeting.time-missing': 409,
  'meeting.same-time': 409,
  'meeting.not-yet': 409,
  'meeting.confirmed-already': 409,
  'agenda.wrong-status': 409,
  'agenda.answered-already': 409,
  'agenda.not-settled': 409,
  'agenda.changed': 409,
  'agenda.frozen': 409,
  'delegation.head': 409,
  'delegation.wrong-status': 409,
  'minutes.not-open': 409,
  'minutes.text-missing': 409,
  'minutes.not-agreed': 409,
  'minutes.not-signed': 409,
  'minutes.already-sealed': 409,
  'minutes.closed': 409,
  'decision.not-assigned': 409,
  'decision.has-task': 409,
  'translation.wrong-state': 409,
  'translation.claimed': 409,
  'translation.findings-open': 409,
  'translation.not-agreed': 409,
  'translation.no-engine': 409,
  'exchange.refused': 409,
  'term.agreed': 409,
  'resource.withdrawn': 410,
  'account.token-expired': 410,
  'resource.stale': 412,
  'minutes.outdated': 412,
  'request.too-large': 413,
  'request.uri-too-long': 414,
  'request.unsupported-media-type': 415,
  'request.unsupported-encoding': 415,
  'request.key-reused': 422,
  'resource.precondition-required': 428,
  'request.too-many': 429,
  'request.headers-too-large': 431,
  'server.error': 500,
  'server.unavailable': 503,
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** Codes of a single faulty member; texts in `locales/{zh,ru}/problems.json` under `errors`. */
export const FIELD_ERRORS = [
  'required',
  'not-null',
  'unknown-property',
  'wrong-type',
  'too-long',
  'too-short',
  'too-few-characters',
  'too-many',
  'too-deep',
  'too-large',
  'too-small',
  'not-an-integer',
  'number-not-exact',
  'no-language',
  'unknown-code',
  'invalid-id',
  'invalid-date',
  'invalid-instant',
  'invalid-time-zone',
  'invalid-amount',
  'invalid-currency',
  'invalid-quantity',
  'invalid-recurrence',
  'invalid-format',
  'invalid-value',
  'forbidden-address',
  'order-of-dates',
  'date-ahead',
  'forbidden-characters',
  'mixed-scripts',
  'too-many-marks',
  'unknown-reference',
  'repeated-reference',
  'unknown-parameter',
  'repeated-parameter',
  'not-a-filter',
  'not-yours-to-write',
  'set-by-step',
  'not-agreed',
] as const;

export type FieldErrorCode = (typeof FIELD_ERRORS)[number];

/** RFC 6901 pointer to a member: `/name` and `a/b` → `/name/a~1b`. */
export const pointerTo = (parent: string, member: string): string =>
  `${parent}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;

/** One faulty member: RFC 6901 pointer into the body, or the name of a query parameter. */
export type FieldError = {
  pointer?: string;
  parameter?: string;
  code: FieldErrorCode;
  /** Placeholders of the message: never the caller's whole input. */
  values?: Record<string, string | number>;
};

/** What went wrong, before it is put into words: rendered as RFC 9457 by the problem filter. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly options: {
      values?: Record<string, string | number>;
      errors?: FieldError[];
      headers?: Record<string, string>;
      /** Machine-readable members added to the answer, such as the reason of a withdrawal. */
      extensions?: Record<string, unknown>;
      cause?: unknown;
    } = {},
  ) {
    super(code, { cause: options.cause });
  }

  get status(): number {
    return PROBLEMS[this.code];
  }
}

/** A problem to throw; see {@link PROBLEMS} for the codes. */
export const problem = (code: ProblemCode, options?: ConstructorParameters<typeof Problem>[1]): Problem =>
  new Problem(code, options);

/** `request.invalid` with the faulty members. */
export const invalid = (errors: FieldError[]): Problem => problem('request.invalid', { errors });
