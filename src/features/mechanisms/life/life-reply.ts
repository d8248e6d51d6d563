import type { Reply } from '../../../kernel/exchange.js';
import type { LanguageChoice } from '../../../kernel/languages.js';
import {
  awaitedFor,
  decidingSides,
  historyOf,
  type Life,
  type LifeConsent,
  lifeAfter,
  openActs,
} from '../../../kernel/mechanism-life.js';
import { jsonReply } from '../../../resource/reply.js';

type Mechanism = { id: string; version: number; sides: string[] | null } & Life;

/**
 * The life of a mechanism, made of the answer of the record, whose texts are in the languages asked for; the tag is that
 * of the record, for the next step.
 */
export const lifeReply = (record: Reply, choice: LanguageChoice): Reply => {
  const mechanism = JSON.parse(record.body.toString()) as Mechanism;
  const { id, version, status, statusOn = null } = mechanism;
  const pending: LifeConsent[] = mechanism.consents ?? [];
  const deciding = decidingSides(mechanism.sides);
  const sides = deciding.map((side) => ({ side, consent: pending.find((one) => one.side === side) ?? null }));
  const open = openActs(status).map((act) => ({
    ...{ act, leadsTo: lifeAfter(act, status) },
    awaited: awaitedFor(act, pending, deciding),
  }));
  const history = historyOf(mechanism).map((entry) => ({ ...entry, on: entry.on ?? null }));
  const told = { id, version, status, statusOn, sides, open, history };
  const { body, languages } = jsonReply(JSON.stringify(told), choice);
  return { ...record, status: 200, body, languages };
};
