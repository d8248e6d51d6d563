import type { UnitRow } from './unit-rows.js';
import type { TranslationUnit } from './unit-shapes.js';
import type { RecordTexts } from './unit-texts.js';

/** Why a unit stands where it stands in the queue, the weightiest reason first. */
const priorityOf = ({ audience, standing }: UnitRow, due: string | null): string[] => [
  ...(due && standing !== 'approved' ? ['meeting-soon'] : []),
  audience === 'public' ? 'public' : 'internal',
  standing,
];

/** A unit as answers show it; both texts whatever `lang` says, since comparing them is what the queue is for. */
export const unitView = (row: UnitRow, record: RecordTexts | undefined, due: string | null): TranslationUnit => ({
  id: row.id,
  record: {
    resource: row.resource,
    id: row.recordId,
    name: record?.name ?? null,
    state: row.recordState,
    audience: row.audience,
  },
  field: row.field,
  language: row.language,
  sourceLanguage: record?.sourceLanguage ?? 'both',
  texts: record?.texts[row.field] ?? {},
  state: row.standing,
  origin: row.textHash === null ? null : row.origin,
  version: row.version,
  authorId: row.authorId,
  approverId: row.approverId,
  assigneeId: row.assigneeId,
  claimedUntil: row.claimedUntil,
  since: row.since,
  due,
  priority: priorityOf(row, due),
});
