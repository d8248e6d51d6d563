import { problem } from '../../kernel/problems.js';
import type { Body } from '../../resource/body.js';
import type { Stored } from '../../resource/stored.js';
import type { PendingWrite, RecordWorkflow } from '../../resource/workflow.js';
import { changedMembers, valuesOf } from './term-values.js';

/** Members by which a term of grade A blocks an approval. */
const BLOCKING = ['grade', 'name', 'variants', 'forbidden', 'use'] as const;

/**
 * Keeps grade A what both sides have agreed on. A draft of that grade is published only when a reviewer of each side has
 * approved its name, as any two authentic texts are. What is published without the grade does not get it, and what has
 * it keeps what it blocks by: whoever wants either makes a new draft, or lowers the grade first.
 * @throws `term.agreed`
 */
export const mustStayAgreed = (after: Body, stored?: Stored): void => {
  if (stored?.facts.state !== 'published' || after.grade !== 'A') return;
  const changed = changedMembers(valuesOf(stored.body), valuesOf(after));
  if (changed.some((name) => (BLOCKING as readonly string[]).includes(name))) throw problem('term.agreed');
};

/** What the rules of the glossary add to each write of a term. */
export const termWorkflow: RecordWorkflow = {
  settle: async ({ after, stored }: PendingWrite): Promise<Body> => {
    mustStayAgreed(after, stored);
    return after;
  },
};
