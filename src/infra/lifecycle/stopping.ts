let stopping = false;

/** Marks that the portal is on its way out; there is no way back. */
export const beginStopping = (): void => {
  stopping = true;
};

/** Whether the portal is on its way out: readiness says so while open requests are still answered. */
export const isStopping = (): boolean => stopping;
