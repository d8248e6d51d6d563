/** What has to be undone before the process ends. `graceful` is false when there is no time to wait for others. */
export type Closer = (graceful: boolean) => Promise<unknown> | unknown;

/** Undoes what a start has built up, last thing first, whatever of it there is already. */
export class Cleanup {
  private readonly closers: Closer[] = [];
  private running: Promise<void> | undefined;
  private readonly onError: (error: unknown) => void;

  /** @param onError told of a step that fails; the others are taken all the same */
  constructor(onError: (error: unknown) => void) {
    this.onError = onError;
  }

  add(closer: Closer): void {
    this.closers.push(closer);
  }

  /** Asking twice waits for the same end. */
  run(graceful: boolean): Promise<void> {
    this.running ??= this.closeAll(graceful);
    return this.running;
  }

  private async closeAll(graceful: boolean): Promise<void> {
    for (let closer = this.closers.pop(); closer; closer = this.closers.pop()) {
      try {
        await closer(graceful);
      } catch (error) {
        this.onError(error);
      }
    }
  }
}
