/** One wish reaches us twice when a terminal signals the whole group and npm passes it on as well. */
const SAME_WISH_MS = 500;

/**
 * Listens for the wish to end.
 * @param onFirst end in order
 * @param onSecond end at once; the argument is the customary exit code
 */
export const listenForSignals = (onFirst: () => void, onSecond: (exitCode: number) => void): void => {
  let firstAt: number | undefined;
  for (const [name, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.on(name, () => {
      if (firstAt === undefined) {
        firstAt = performance.now();
        onFirst();
      } else if (performance.now() - firstAt > SAME_WISH_MS) onSecond(128 + number);
    });
  }
};
