import type { EntityManager } from 'typeorm';
import type { Audience } from '../../../kernel/access.js';
import { newId } from '../../../kernel/ids.js';
import type { LanguageMap } from '../../../kernel/languages.js';
import type { Deadline } from '../../../kernel/matter-ladder.js';
import type { Place, StepKind } from '../../../kernel/matter-workflow.js';
import type { Ladder } from './ladder.js';
import { type MatterFacts, originPlace, placeOf } from './matter-facts.js';
import { ChainStep } from './matter-step.entity.js';

/** What a step says beside its kind. */
export type NewStep = {
  kind: StepKind;
  cause: 'hand' | 'rule';
  from?: Place;
  to?: Place;
  owner?: string | null;
  reason?: LanguageMap | null;
  why?: string;
  due?: Deadline;
  on?: string;
  meeting?: string;
  agendaItem?: string;
  document?: string | null;
  missingText?: string | null;
  audience?: Audience;
  occasion?: string;
};

const NOWHERE: Place = { organization: null, mechanism: null };

const reference = (id: string | null | undefined) => (id ? { id } : null);

/** Members of a step that tell where from or where to. */
const end = (name: 'from' | 'to', place: Place, ladder: Ladder) => ({
  [`${name}Organization`]: reference(place.organization),
  [`${name}Mechanism`]: reference(place.mechanism),
  [`${name}Level`]: place === NOWHERE ? null : ladder.rung(place),
});

const rowOf = (matter: MatterFacts, ladder: Ladder, step: NewStep) => ({
  ...{ id: newId(), matter: { id: matter.id }, at: new Date(), kind: step.kind, cause: step.cause },
  ...end('from', step.from ?? NOWHERE, ladder),
  ...end('to', step.to ?? NOWHERE, ladder),
  // What the rule did is told by the matter's own organization.
  owner: reference(step.owner ?? matter.ownerId),
  reason: { zh: step.reason?.zh ?? null, ru: step.reason?.ru ?? null },
  why: step.why ?? null,
  on: step.on ?? null,
  dueOn: step.due?.on ?? null,
  dueBasis: step.due?.basis ?? null,
  meeting: reference(step.meeting),
  agendaItem: reference(step.agendaItem),
  document: reference(step.document),
  missingText: step.missingText ?? null,
  audience: step.audience ?? matter.audience,
  occasion: step.occasion ?? null,
});

/**
 * Adds a step to the chain of a matter whose row is locked, which keeps the numbers without gaps.
 * @returns nothing; the facts that were read before are as they were, but for moves
 */
export const addStep = async (
  manager: EntityManager,
  matter: MatterFacts,
  ladder: Ladder,
  step: NewStep,
): Promise<void> => {
  const [{ number }] = (await manager.query(
    'select coalesce(max(number), 0) + 1 as number from matter_step where matter_id = $1',
    [matter.id],
  )) as [{ number: number }];
  const values = { ...rowOf(matter, ladder, step), number };
  await manager
    .createQueryBuilder()
    .insert()
    .into(ChainStep)
    .values(values as never)
    .execute();
  matter.moves.push({ kind: step.kind, from: step.from ?? NOWHERE, to: step.to ?? NOWHERE });
};

/** The first step of every chain, where it has not been taken: matters of the documents are published without it. */
export const beginChain = async (manager: EntityManager, matter: MatterFacts, ladder: Ladder): Promise<void> => {
  if (matter.moves.length > 0) return;
  const [from, to] = [originPlace(matter), placeOf(matter)];
  const by = { owner: matter.origin?.id ?? null, cause: 'hand' } as const;
  await addStep(manager, matter, ladder, { kind: 'raised', from, to, ...by, occasion: 'raised' });
};
