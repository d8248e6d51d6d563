import type { EntityManager } from 'typeorm';
import type { Database } from '../infra/database/database.js';
import type { Actor } from '../kernel/actor.js';
import type { Ask, Reply, Retry } from '../kernel/exchange.js';
import { Problem, type ProblemCode, problem } from '../kernel/problems.js';

/** How long an answer is kept to be given again. */
export const KEPT_HOURS = 24;

/** Marks an answer that was given before. */
const REPLAYED = { 'Idempotency-Replayed': 'true' } as const;

type KeptReply = Omit<Reply, 'body'> & { body: string };
type Outcome = { reply: KeptReply } | { refusal: { code: ProblemCode; options: Problem['options'] } };

/** Refusals that the same request would meet again; faults of the body and of the server are not among them. */
const LASTING: ReadonlySet<number> = new Set([403, 404, 409, 410, 412]);

const holderOf = (actor: Actor): string => (actor.kind === 'anonymous' ? 'anonymous' : `${actor.kind}/${actor.id}`);

/**
 * Runs a write as one transaction, once for each `Idempotency-Key`: whoever repeats the request, also after a crash
 * or in parallel, gets the first answer and no second effect. The answer is kept in the transaction of the effect.
 * @param work does the write and makes the answer, all of it with the manager it is handed
 * @throws `request.key-reused` where the key came with another request before, `request.in-progress` while the first
 *   request with it is still under way, and whatever the work throws
 */
export const runWrite = async (
  database: Database,
  ask: Ask,
  work: (manager: EntityManager) => Promise<Reply>,
): Promise<Reply> => {
  const { retry } = ask;
  if (!retry) return database.transaction(work);
  const holder = holderOf(ask.actor);
  try {
    return await database.transaction(async (manager) => {
      await claim(manager, holder, retry);
      const known = await recall(manager, holder, retry);
      if (known) return again(known);
      const reply = await work(manager);
      await keep(manager, holder, retry, { reply: { ...reply, body: reply.body.toString('base64') } });
      return reply;
    });
  } catch (error) {
    if (isLasting(error)) await keepRefusal(database, holder, retry, error);
    throw error;
  }
};

const isLasting = (error: unknown): error is Problem =>
  error instanceof Problem &&
  LASTING.has(error.status) &&
  error.code !== 'request.in-progress' &&
  error.options.headers?.['Idempotency-Replayed'] === undefined;

/** Whoever has the key works; a second request with it is told to come back rather than kept waiting. */
const claim = async (manager: EntityManager, holder: string, { key }: Retry): Promise<void> => {
  const [row] = (await manager.query('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as claimed', [
    `idempotency/${holder}/${key}`,
  ])) as { claimed: boolean }[];
  if (!row!.claimed) throw problem('request.in-progress', { headers: { 'Retry-After': '1' } });
};

const recall = async (manager: EntityManager, holder: string, retry: Retry): Promise<Outcome | undefined> => {
  await manager.query(
    `delete from idempotency_key where holder = $1 and key = $2 and created_at < now() - $3 * interval '1 hour'`,
    [holder, retry.key, KEPT_HOURS],
  );
  const [row] = (await manager.query(
    'select fingerprint, outcome from idempotency_key where holder = $1 and key = $2',
    [holder, retry.key],
  )) as { fingerprint: string; outcome: Outcome }[];
  if (row && row.fingerprint !== retry.fingerprint) throw problem('request.key-reused');
  return row?.outcome;
};

const again = (outcome: Outcome): Reply => {
  if ('refusal' in outcome) {
    const { code, options } = outcome.refusal;
    throw new Problem(code, { ...options, headers: { ...options.headers, ...REPLAYED } });
  }
  const { body, headers, ...reply } = outcome.reply;
  return { ...reply, body: Buffer.from(body, 'base64'), headers: { ...headers, ...REPLAYED } };
};

const keep = (manager: EntityManager, holder: string, retry: Retry, outcome: Outcome): Promise<unknown> =>
  manager.query(
    `insert into idempotency_key (holder, key, fingerprint, outcome, created_at) values ($1, $2, $3, $4, now())
     on conflict (holder, key) do nothing`,
    [holder, retry.key, retry.fingerprint, JSON.stringify(outcome)],
  );

/** The transaction of a refused write is undone, so its answer is kept in one of its own. */
const keepRefusal = async (database: Database, holder: string, retry: Retry, { code, options }: Problem) => {
  const { cause: _cause, ...told } = options;
  await database.transaction((manager) => keep(manager, holder, retry, { refusal: { code, options: told } }));
};
