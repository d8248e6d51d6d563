import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../kernel/canonical-json.js';
import type { Language } from '../../../kernel/languages.js';
import type { FieldError } from '../../../kernel/problems.js';

/** A text as it is sealed: both languages, or null where one is missing. */
export type SealedText = Record<Language, string | null>;

/**
 * What the seals of joint minutes cover: which meeting it was, and what its minutes and decisions say in both
 * languages, in their order. References are covered by id, since names may change without anybody's doing.
 */
export type SealedContent = {
  meeting: {
    id: string;
    title: SealedText;
    mechanism: string | null;
    numberInSeries: number | null;
    heldOn: string | null;
  };
  items: { id: string; position: number; agendaItem: string | null; text: SealedText }[];
  decisions: {
    id: string;
    agendaItem: string | null;
    kind: string;
    number: string | null;
    text: SealedText;
    responsible: string[];
    dueOn: string | null;
  }[];
};

/** What both sides may see: the rest is a side's own note and no part of joint minutes. */
const SHARED = `('public', 'partners')`;

/** Whether an item of the minutes behind an alias is part of what is sealed: drafts too, since both sides write them. */
export const sealsItem = (item: string): string => `${item}.state <> 'withdrawn' and ${item}.audience in ${SHARED}`;

/** Whether a decision behind an alias is part of what is sealed: nobody signs the other side's drafts unseen. */
export const sealsDecision = (decision: string): string =>
  `${decision}.state = 'published' and ${decision}.audience in ${SHARED}`;

const text = (alias: string, name: string): string =>
  `json_build_object('zh', ${alias}.${name}_zh, 'ru', ${alias}.${name}_ru)`;

/** The sealed content of the meeting behind an alias as a JSON expression. */
export const contentSql = (meeting: string): string => `json_build_object(
  'meeting', json_build_object('id', ${meeting}.id, 'title', ${text(meeting, 'title')},
    'mechanism', ${meeting}.mechanism_id, 'numberInSeries', ${meeting}.number_in_series, 'heldOn', ${meeting}.held_on),
  'items', (select coalesce(json_agg(json_build_object('id', i.id, 'position', i.position,
      'agendaItem', i.agenda_item_id, 'text', ${text('i', 'text')}) order by i.position, i.id), '[]'::json)
    from minutes_item i where i.meeting_id = ${meeting}.id and ${sealsItem('i')}),
  'decisions', (select coalesce(json_agg(json_build_object('id', d.id, 'agendaItem', d.agenda_item_id, 'kind', d.kind,
      'number', d.number, 'text', ${text('d', 'text')}, 'responsible', array(select r.target_id
        from decision_responsible r where r.record_id = d.id order by r.position), 'dueOn', d.due_on)
      order by d.created_at, d.id), '[]'::json)
    from decision d where d.meeting_id = ${meeting}.id and ${sealsDecision('d')}))`;

/** SHA-256 of the canonical JSON of a content. */
export const hashOf = (content: SealedContent): Buffer => createHash('sha256').update(canonicalJson(content)).digest();

/** Where a text of a language is missing, pointing into the answer of `GET /meetings/{id}/minutes`. */
export const missingTexts = ({ meeting, items, decisions }: SealedContent, language: Language): FieldError[] => {
  const texts: [string, SealedText][] = [
    ['/meeting/name', meeting.title],
    ...items.map(({ text: said }, n): [string, SealedText] => [`/items/${n}/text`, said]),
    ...decisions.map(({ text: said }, n): [string, SealedText] => [`/decisions/${n}/text`, said]),
  ];
  const missing = texts.filter(([, said]) => !said[language]).map(([at]) => `${at}/${language}`);
  return [...(items.length === 0 ? ['/items'] : []), ...missing].map((pointer) => ({ pointer, code: 'required' }));
};
