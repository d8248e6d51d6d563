/** Stands where something was left out of a log. */
const REDACTED = '[redacted]';

/** Names that hold secrets, compared without case and separators: `Set-Cookie`, `refreshToken`, `password_hash`. */
const SECRET_NAME = /password|passphrase|secret(?!aria)|token|authorization|cookie|credential|keys?$/;

/** Secrets inside a text: the value of an authorization header, the password of a connection string, an API key. */
const SECRETS_IN_TEXT: readonly [RegExp, string][] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${REDACTED}`],
  [/\b(hap_[0-9a-z]{12})_[\w-]{43}/g, `$1_${REDACTED}`],
  [/:\/\/[^\s/@]*@/g, `://${REDACTED}@`],
];

const LONGEST_TEXT = 4_000;
const DEEPEST = 8;
const LONGEST_LIST = 100;

const isSecret = (name: string): boolean => SECRET_NAME.test(name.toLowerCase().replace(/[^a-z]/g, ''));

/** What `isSecret` said of the names that were met first: log lines have the same ones again and again. */
const known = new Map<string, boolean>();
const MOST_KNOWN = 200;

const hidesSecret = (name: string): boolean => {
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  const answer = isSecret(name);
  if (known.size < MOST_KNOWN) known.set(name, answer);
  return answer;
};

/** A text without a space, a colon or a prefix of a key holds none of them. */
const MAY_HOLD_SECRET = /[\s:]|hap_/;

const redactText = (text: string): string => {
  if (text.length <= LONGEST_TEXT && !MAY_HOLD_SECRET.test(text)) return text;
  const cut = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  return SECRETS_IN_TEXT.reduce((clean, [pattern, stand]) => clean.replace(pattern, stand), cut);
};

/** Errors of the database carry the statement and its values: what is told of an error is chosen here. */
const describeError = (error: Error): object => {
  const { code, constraint, table } = error as { code?: unknown; constraint?: unknown; table?: unknown };
  return {
    type: error.constructor.name,
    message: error.message,
    stack: error.stack,
    code,
    constraint,
    table,
    cause: error.cause,
  };
};

/**
 * A copy of a value that may be written into a log: members that hold secrets lose their value, and nothing is
 * deeper, longer or more circular than a log line can bear. A member called `__proto__` is left out.
 * @param above the objects that the value lies in
 */
export const redact = (value: unknown, above: readonly object[] = []): unknown => {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (above.includes(value)) return '[circular]';
  if (above.length >= DEEPEST) return '[deeper]';
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  const inside = [...above, value];
  if (Array.isArray(value)) return value.slice(0, LONGEST_LIST).map((element) => redact(element, inside));
  const members = (value instanceof Error ? describeError(value) : value) as Record<string, unknown>;
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(members)) {
    // It would become what the copy inherits from.
    if (name === '__proto__') continue;
    copy[name] = hidesSecret(name) ? REDACTED : redact(members[name], inside);
  }
  return copy;
};
