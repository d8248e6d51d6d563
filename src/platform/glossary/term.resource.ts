import { LANGUAGES } from '../../kernel/languages.js';
import { defineResource, type RecordRule } from '../../resource/spec.js';
import { Term } from './term.entity.js';
import { LIST_FIELDS } from './term-values.js';

type Lists = Record<string, Partial<Record<'zh' | 'ru', string[]>> | undefined>;

/** Both sides agree on what blocks their translators: neither text of such a term is a translation. */
const agreedGrade: RecordRule = ({ grade, sourceLanguage }) =>
  grade === 'A' && sourceLanguage !== 'both' ? { field: 'grade', code: 'invalid-value' } : undefined;

/** Tables part the members of a list by a bar, so that no member holds one or begins or ends with a space. */
const writableLists: RecordRule = (body) => {
  const isPlain = (text: string) => text.trim() === text && !text.includes('|');
  const field = LIST_FIELDS.find((name) =>
    LANGUAGES.some((language) => !((body as Lists)[name]?.[language] ?? []).every(isPlain)),
  );
  return field ? { field, code: 'invalid-value' } : undefined;
};

const chineseExceptions: RecordRule = (body) =>
  ((body as Lists).exceptions?.ru ?? []).length > 0 ? { field: 'exceptions', code: 'invalid-value' } : undefined;

/** What the table of terms reads as a part of speech or a grade is none of the text that follows it. */
const unmarkedTexts: RecordRule = ({ note, attestation }) => {
  if (typeof note === 'string' && /^pos: /.test(note)) return { field: 'note', code: 'invalid-value' };
  const isMarked = typeof attestation === 'string' && /^\s|\s$|^\[[A-Z]\]/.test(attestation);
  return isMarked ? { field: 'attestation', code: 'invalid-value' } : undefined;
};

const datesInOrder: RecordRule = ({ validFrom, validUntil }) =>
  typeof validFrom === 'string' && typeof validUntil === 'string' && validUntil < validFrom
    ? { field: 'validUntil', code: 'order-of-dates' }
    : undefined;

export const termSpec = defineResource({
  name: 'term',
  path: 'terms',
  entity: Term,
  filters: {
    domain: { kind: 'code', field: 'domain', vocabulary: 'termDomain' },
    grade: { kind: 'code', field: 'grade', vocabulary: 'termGrade' },
    partOfSpeech: { kind: 'code', field: 'partOfSpeech', vocabulary: 'partOfSpeech' },
    use: { kind: 'code', field: 'use', vocabulary: 'termUse' },
    owner: { kind: 'reference', field: 'owner', target: 'organization' },
  },
  sorts: {
    name: { kind: 'localized', field: 'name' },
    createdAt: { kind: 'instant', field: 'createdAt' },
    publishedAt: { kind: 'instant', field: 'publishedAt' },
  },
  defaultSort: 'name',
  // Terms follow what they name: a search for a place finds the place before the word.
  searchable: ['name', 'variants'],
  rules: [agreedGrade, writableLists, chineseExceptions, unmarkedTexts, datesInOrder],
});
