import type { EntityManager } from 'typeorm';
import type { AskTexts } from './live-terms.js';

/** Asks within a transaction. */
export const textsWithin =
  (manager: EntityManager): AskTexts =>
  async ({ text, values }) => {
    const rows = (await manager.query(text, [...values])) as Record<string, string | null>[];
    return rows.map((row) => Object.values(row));
  };
