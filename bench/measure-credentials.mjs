/** Whether the time of an answer tells that an address has an account (hardening D61, D62). */
import { randomUUID } from 'node:crypto';
import { hashSync } from '@node-rs/argon2';
import { withClient } from './databases.mjs';
import { median } from './load.mjs';
import { startPortal } from './processes.mjs';

const KNOWN = 'known@example.org';
const MOST_APART = 0.1;

/** What the portal itself stores (`platform/accounts/passwords.ts`). */
const HASH = hashSync('correct horse battery', { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

const addAccount = (databaseUrl) =>
  withClient(databaseUrl, (client) =>
    client.query(
      `insert into account (id, email, name_zh, roles, side, translates_into, password_hash, state, created_at, updated_at)
       values ($1, $2, '测试', '{investor}', 'cn', '{}', $3, 'active', now(), now())`,
      [randomUUID(), KNOWN, HASH],
    ),
  );

/** Milliseconds until the whole answer is there. */
const timeOf = async (url, json, status) => {
  const began = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(json),
  });
  await response.arrayBuffer();
  if (response.status !== status) throw new Error(`${url} answered ${response.status}`);
  return performance.now() - began;
};

/**
 * Tries one after another, known and unknown in an order by chance: what an answer leaves to be done meets both alike.
 * @returns the medians and their ratio
 */
const compare = async (tries, ask) => {
  const times = { known: [], unknown: [] };
  const order = Array.from({ length: 2 * tries }, (_, n) => (n % 2 === 0 ? 'known' : 'unknown'));
  order.sort(() => Math.random() - 0.5);
  for (const which of order) times[which].push(await ask(which === 'known' ? KNOWN : `${randomUUID()}@example.org`));
  const [known, unknown] = [median(times.known), median(times.unknown)];
  return {
    ratio: unknown / known,
    text: `${(unknown / known).toFixed(3)} (${unknown.toFixed(1)} ms, ${known.toFixed(1)} ms)`,
  };
};

/** @param effort `tries` of each kind */
export async function measureCredentials(report, databaseUrl, { tries }) {
  report.title('Answers about an unknown address against those about a known one');
  await addAccount(databaseUrl);
  const portal = await startPortal(databaseUrl, { PORTAL_AUTH_LIMIT: '1000000' });
  const asks = {
    'wrong password, unknown against known address': (email) =>
      timeOf(`${portal.url}/api/v1/auth/sessions`, { email, password: 'not their password' }, 401),
    'password forgotten, unknown against known address': (email) =>
      timeOf(`${portal.url}/api/v1/auth/password-resets`, { email }, 202),
  };
  try {
    for (const [measure, ask] of Object.entries(asks)) {
      await compare(10, ask);
      const { ratio, text } = await compare(tries, ask);
      report.must(`${measure}, within 10 %`, Math.abs(ratio - 1) <= MOST_APART, text);
    }
  } finally {
    await portal.stop();
  }
}
