const member = (name: string, value: unknown): string => `${JSON.stringify(name)}:${canonicalJson(value)}`;

const isPlainObject = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/**
 * The one text of a JSON value, after RFC 8785: no white space, members sorted by UTF-16 code units, numbers and
 * strings as ECMAScript writes them. Equal values have equal texts, so that a hash over the text is one over the value.
 * Members that are `undefined` are left out, as everywhere in JSON.
 * @throws TypeError for what JSON cannot say: numbers that are not finite, functions, dates and other instances
 */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object' && isPlainObject(value)) {
    const members = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, inner]) => member(name, inner)).join(',')}}`;
  }
  throw new TypeError(`JSON cannot say a ${typeof value}`);
};
