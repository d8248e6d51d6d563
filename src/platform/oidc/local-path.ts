const LONGEST = 500;
/** Any origin will do: what counts is whether an address leaves it. */
const ORIGIN = 'https://portal.invalid';

/** How often a path may be decoded on its way, by proxies and careless clients. */
const MOST_DECODINGS = 3;

/** One slash and no second one, no backslash, which browsers take for a slash, and nothing that they leave out. */
const LOCAL = /^\/(?!\/)[^\\\p{Cc}]*$/u;

/** A path as it is, and as it would be after each decoding; nothing for one that cannot be decoded. */
const readings = (path: string): string[] => {
  const found = [path];
  for (let n = 0; n < MOST_DECODINGS; n += 1) {
    try {
      found.push(decodeURIComponent(found.at(-1)!));
    } catch {
      return n === 0 ? [] : found;
    }
  }
  return found;
};

const isLocal = (target: string): boolean => {
  const paths = readings(target.split(/[?#]/, 1)[0]!);
  return LOCAL.test(target) && paths.length > 0 && paths.every((path) => LOCAL.test(path));
};

/**
 * Where a browser may be sent after signing in: a place on this portal, in the form in which it can stand in
 * `Location`, or `undefined` for what leads elsewhere, or might for some reader of addresses (hardening D71).
 */
export const localPath = (target: string): string | undefined => {
  if (target.length > LONGEST || !isLocal(target)) return undefined;
  const { origin, pathname, search, hash } = new URL(target, ORIGIN);
  const path = `${pathname}${search}${hash}`;
  // `/.//evil` is tidied up to `//evil`.
  return origin === ORIGIN && isLocal(path) ? path : undefined;
};
