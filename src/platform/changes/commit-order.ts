import type { EntityManager } from 'typeorm';

/** Held by one writing transaction at a time, from its last statements to its commit; the number is the portal's own. */
const COMMIT_ORDER_LOCK = 7_252_021;

/**
 * Lets transactions commit one after another from here on: numbers that are given after this call are given in the
 * order in which they become visible, and none is skipped or seen late (docs/decisions.md, "One order of commits").
 * Called as late as possible, since whoever writes next waits for it.
 */
export const takeTurn = async (manager: EntityManager): Promise<void> => {
  await manager.query('select pg_advisory_xact_lock($1)', [COMMIT_ORDER_LOCK]);
};
