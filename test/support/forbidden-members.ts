/** Names of members that no answer may have, whoever asks (hardening B27). */
const FORBIDDEN_NAME =
  /password|passphrase|hash|secret(?!aria)|token|credential|cookie|internalNote|apiKey|secretKey|moderator/i;

/** Values that look like what such members hold: a hashed password, a signed token, a connection string. */
const FORBIDDEN_VALUE = /\$argon2|\$2[aby]\$|\beyJ[\w-]{10,}\.[\w-]{10,}\.|postgres(ql)?:\/\//;

/** What a signing-in answer is there to hand out. */
const HANDED_OUT = new Set(['accessToken']);

/**
 * Members of a JSON value that should not be in it, by their pointers.
 * @param value a parsed answer
 */
export const forbiddenMembers = (value: unknown, pointer = ''): string[] => {
  if (typeof value === 'string')
    return FORBIDDEN_VALUE.test(value) ? [`${pointer} holds what looks like a secret`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(FORBIDDEN_NAME.test(name) && !HANDED_OUT.has(name) ? [`${pointer}/${name}`] : []),
    ...forbiddenMembers(inner, `${pointer}/${name}`),
  ]);
};
