import type { Language } from '../../../kernel/languages.js';
import { chineseNumeral, romanNumeral, writtenDate } from '../../../kernel/written-numbers.js';
import type { AgendaRow, DecisionRow, MeetingPaper, MinutesClause, NumberedText } from '../paper.js';
import { type Copy, type Line, labelled, type Row, rowOf, said, saidInARow, saidInLines, word } from './blocks.js';

type Section = { key: string; rows: readonly Row[] };

const partNumber = (language: Language, n: number): string =>
  language === 'zh' ? `${chineseNumeral(n)}、` : `${romanNumeral(n)}. `;

/** Sections that have something in them, numbered as each language numbers parts: 一、 and I. */
const numbered = (copy: Copy, sections: readonly Section[]): Row[] =>
  sections
    .filter(({ rows }) => rows.length > 0)
    .flatMap(({ key, rows }, n) => [
      rowOf(copy, `heading.${key}`, 'heading', (language) => [
        [{ language, text: partNumber(language, n + 1) }, word(copy, language, `papers:sections.${key}`)],
      ]),
      ...rows,
    ]);

const labelAndTitle = (copy: Copy, { label, title }: NumberedText, language: Language, isStrong: boolean): Line => [
  { language, text: `${label}. `, tone: 'strong' },
  ...said(copy, title, language, isStrong ? 'strong' : undefined),
];

/** Whether an item is not simply on the agenda, so that its state has to be said. */
const isOpen = (status: string, isDraft: boolean): boolean =>
  ['declined', 'deferred', ...(isDraft ? [] : ['proposed'])].includes(status);

const agendaLines = (copy: Copy, item: AgendaRow, language: Language, isDraft: boolean): Line[] => [
  labelAndTitle(copy, item, language, false),
  ...(item.proposedBy
    ? [labelled(copy, language, 'papers:labels.proposedBy', said(copy, item.proposedBy, language), { tone: 'note' })]
    : []),
  ...(isOpen(item.status, isDraft)
    ? [
        labelled(
          copy,
          language,
          'papers:labels.state',
          [word(copy, language, `vocabularies:agendaItemState.codes.${item.status}`)],
          { tone: 'note' },
        ),
      ]
    : []),
];

const agendaSection = (copy: Copy, { agenda, standing }: MeetingPaper): Section => ({
  key: 'agenda',
  rows: agenda.map((item) =>
    rowOf(copy, `agenda.${item.label}`, 'clause', (language) =>
      agendaLines(copy, item, language, standing.stage === 'draft'),
    ),
  ),
});

/** What was said, under the title of its item; where it has none, after its number. */
const clauseLines = (copy: Copy, { label, title, text }: MinutesClause, language: Language): Line[] => {
  const lines = saidInLines(copy, text, language);
  if (title) return [labelAndTitle(copy, { label, title }, language, true), ...lines];
  const [first = [], ...rest] = lines;
  return [[{ language, text: `${label}. `, tone: 'strong' }, ...first], ...rest];
};

const clauseRow = (copy: Copy, clause: MinutesClause): Row =>
  rowOf(copy, `clause.${clause.label}`, 'clause', (language) => clauseLines(copy, clause, language));

const decisionLines = (copy: Copy, decision: DecisionRow, language: Language): Line[] => {
  const [first = [], ...rest] = saidInLines(copy, decision.text, language);
  const kind = `vocabularies:decisionKind.codes.${decision.kind}`;
  return [
    [{ language, text: `${decision.label}. `, tone: 'strong' }, ...labelled(copy, language, kind, first)],
    ...rest,
    ...(decision.responsible.length > 0
      ? [
          labelled(copy, language, 'papers:labels.responsible', saidInARow(copy, decision.responsible, language), {
            tone: 'note',
          }),
        ]
      : []),
    ...(decision.dueOn
      ? [
          labelled(copy, language, 'papers:labels.due', [{ language, text: writtenDate(language, decision.dueOn) }], {
            tone: 'note',
          }),
        ]
      : []),
  ];
};

const decisionRow = (copy: Copy, decision: DecisionRow, n: number): Row =>
  rowOf(copy, `decision.${n + 1}`, 'clause', (language) => decisionLines(copy, decision, language));

const minutesSections = (copy: Copy, paper: MeetingPaper): Section[] => [
  agendaSection(copy, paper),
  { key: 'clauses', rows: paper.clauses.map((clause) => clauseRow(copy, clause)) },
  { key: 'decisions', rows: paper.decisions.map((decision, n) => decisionRow(copy, decision, n)) },
];

/** A paragraph in the portal's own words. */
export const formulaRow = (copy: Copy, key: string, text: string): Row =>
  rowOf(copy, key, 'formula', (language) => [[word(copy, language, text)]]);

/** What a paper is about: the agenda, and in minutes what was said and decided. */
export const bodyRows = (copy: Copy, paper: MeetingPaper): Row[] => {
  const sections = paper.kind === 'minutes' ? minutesSections(copy, paper) : [agendaSection(copy, paper)];
  const rows = numbered(copy, sections);
  return rows.length > 0 ? rows : [formulaRow(copy, 'empty', `papers:empty.${paper.kind}`)];
};
