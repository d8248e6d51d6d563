import type { AccessFacts } from '../../kernel/access.js';
import type { Language } from '../../kernel/languages.js';
import type { Standing, TextUnit, WorkState } from '../../kernel/translation-workflow.js';

/** A unit as it is stored; fingerprints in hex. */
export type UnitRow = {
  id: string;
  recordId: string;
  resource: string;
  field: string;
  language: Language;
  version: number;
  authentic: boolean;
  origin: TextUnit['origin'];
  state: WorkState;
  standing: Standing;
  since: string;
  recordState: AccessFacts['state'];
  audience: AccessFacts['audience'];
  sourceHash: string | null;
  originalHash: string | null;
  textHash: string | null;
  authorId: string | null;
  submitterId: string | null;
  approverId: string | null;
  assigneeId: string | null;
  claimedUntil: string | null;
  approvedAt: string | null;
  approvedText: string | null;
  approvedOriginal: string | null;
};

const hex = (column: string): string => `encode(t.${column}, 'hex')`;

/** A row of `translation t` as JSON. A claim that has run out is none. */
export const UNIT_JSON = `json_build_object('id', t.id, 'recordId', t.record_id, 'resource', t.resource, 'field', t.field,
  'language', t.language, 'version', t.version, 'authentic', t.authentic, 'origin', t.origin, 'state', t.state,
  'standing', t.standing, 'since', t.since, 'recordState', t.record_state, 'audience', t.audience,
  'sourceHash', ${hex('source_hash')}, 'originalHash', ${hex('original_hash')}, 'textHash', ${hex('text_hash')},
  'authorId', t.author_id, 'submitterId', t.submitter_id, 'approverId', t.approver_id,
  'assigneeId', case when t.claimed_until > now() then t.assignee_id end,
  'claimedUntil', case when t.claimed_until > now() then t.claimed_until end,
  'approvedAt', t.approved_at, 'approvedText', t.approved_text, 'approvedOriginal', t.approved_original)`;

/** The unit as the rules of the workflow see it. */
export const textUnitOf = (row: UnitRow): TextUnit => ({
  language: row.language,
  authentic: row.authentic,
  state: row.state,
  origin: row.origin,
  text: row.textHash,
  original: row.originalHash,
  madeFrom: row.sourceHash,
  authorId: row.authorId,
  submitterId: row.submitterId,
  approverId: row.approverId,
});
