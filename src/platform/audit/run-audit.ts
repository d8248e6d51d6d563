import type { DataSource } from 'typeorm';
import type { Config } from '../../infra/config/config.js';
import { derivedKey } from '../../infra/config/derived-key.js';
import { openDataSource } from '../../infra/database/database.js';
import { pendingMigrations } from '../../infra/database/migrations.js';
import { CommandFailed } from '../../infra/lifecycle/command.js';
import type { Console } from '../../infra/lifecycle/console.js';
import type { OpenDatabase } from '../../infra/lifecycle/open-database.js';
import { refusal } from '../../infra/lifecycle/refusal.js';
import { keepSecretKey } from '../../infra/lifecycle/secret-key.js';
import { SYSTEM } from '../../kernel/actor.js';
import { appendEntries } from './append.js';
import type { AuditCommand } from './audit-command.js';
import { erasePersonal } from './erasures.js';
import { publicKeyOf } from './head-signing.js';
import { headsFile } from './heads-file.js';
import { newEntry } from './new-entry.js';
import { type TrailVerdict, verifyTrail } from './verify-trail.js';

const STATEMENT_TIMEOUT_MS = 60_000;

/**
 * Does what `npm run audit -- …` asks for and tells it.
 * @throws CommandFailed for a trail that is not in order, Refusal where a key or migrations are missing
 */
export const runAudit = async (
  command: AuditCommand,
  { url, embedded }: OpenDatabase,
  console: Console,
  config: Config,
): Promise<void> => {
  const pending = await pendingMigrations(url);
  if (pending.length > 0) throw refusal('database.pending', { count: pending.length, names: pending.join(', ') });
  const source = await openDataSource({ url, poolSize: 1, statementTimeoutMs: STATEMENT_TIMEOUT_MS, entities: [] });
  try {
    if (command.verb === 'erase') await erase(source, command, console);
    else await verify(source, command, console, embedded ? keepSecretKey(config, config.dataFolder) : config);
  } finally {
    await source.destroy();
  }
};

type Verification = Extract<AuditCommand, { verb: 'verify' }>;
type ErasureCommand = Extract<AuditCommand, { verb: 'erase' }>;

/** Keys that were stated, or the portal's own, which needs its secret. */
const trustedKeys = ({ keys }: Verification, { secretKey, secretKeyStated }: Config, isKept: boolean): string[] => {
  if (keys.length > 0) return keys;
  if (!secretKeyStated && !isKept) throw refusal('audit.noKey');
  return [publicKeyOf(derivedKey(secretKey, 'audit-heads'))];
};

const verify = async (source: DataSource, command: Verification, console: Console, config: Config): Promise<void> => {
  const keys = trustedKeys(command, config, config.databaseUrl === undefined);
  const verdict = await verifyTrail(source, command.heads ?? headsFile(config.dataFolder), keys);
  const inOrder = tell(verdict, console);
  console.say('audit.key', { keys: keys.join(', ') });
  if (!inOrder) throw new CommandFailed();
};

/** @returns whether the trail is in order */
const tell = ({ faults, untrusted, unreadable, ...facts }: TrailVerdict, console: Console): boolean => {
  for (const { kind, ...where } of faults) console.warn(`audit.fault.${kind}`, where);
  if (untrusted > 0) console.warn('audit.fault.untrusted', { heads: untrusted });
  if (unreadable > 0) console.warn('audit.unreadable', { lines: unreadable });
  const inOrder = faults.length === 0 && untrusted === 0;
  const { entries, erased, confirmed, last } = facts;
  console.say(inOrder ? 'audit.inOrder' : 'audit.notInOrder', { entries, erased });
  console.say(confirmed > 0 ? 'audit.confirmed' : 'audit.unconfirmed', { confirmed, after: last - confirmed });
  return inOrder;
};

const erase = async (source: DataSource, { account, reason }: ErasureCommand, console: Console): Promise<void> => {
  const entries = await source.transaction(async (manager) => {
    const { count, event } = await erasePersonal(manager, { account, reason, actor: SYSTEM });
    await appendEntries(manager, [newEntry(event)]);
    return count;
  });
  console.say('audit.erased', { account, entries });
};
