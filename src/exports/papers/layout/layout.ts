import { languagesOfCopy } from '../../../kernel/alternat.js';
import type { Language } from '../../../kernel/languages.js';
import type { MeetingPaper } from '../paper.js';
import { type Copy, type Line, labelled, type Row, type Run, rowOf, saidInARow, word } from './blocks.js';
import { bodyRows, formulaRow } from './body.js';
import { closingRows } from './closing.js';
import { headRows } from './head.js';

/** Stand-ins for the numbers of pages, which only the program that shows the paper knows. */
export const PAGE = '\uE000';
export const PAGES = '\uE001';

/** One copy of a paper, ready to be drawn. */
export type LaidOut = {
  copyFor: Language;
  /** The name of the file's contents: title of the paper and of the meeting. */
  name: string;
  /** Whose copy it is, and how far it is: 草案 / ПРОЕКТ. */
  header: { copy: Line; mark: Line };
  footer: Line;
  rows: readonly Row[];
};

/** Letters and figures of a fingerprint that stand on paper. */
const HASH_LENGTH = 12;

/** The portal's own words in both languages, parted by a stroke. */
const inBoth = (copy: Copy, key: string, values: Record<string, unknown> = {}): Run[] =>
  languagesOfCopy(copy.copyFor).flatMap((language, n) => [
    ...(n > 0 ? [{ language, text: ' / ' }] : []),
    word(copy, language, key, values),
  ]);

const markOf = (copy: Copy, { standing: { stage, hash } }: MeetingPaper): Line => [
  ...inBoth(copy, `papers:mark.${stage}`).map((run): Run => ({ ...run, tone: 'strong' })),
  ...(hash && stage !== 'draft' ? [{ language: copy.copyFor, text: ` · ${hash.slice(0, HASH_LENGTH)}` }] : []),
];

/** An invitation says whom it invites, and to what; where no host is known, both sides invite. */
const invitationRows = (copy: Copy, paper: MeetingPaper): { before: Row[]; after: Row[] } => {
  if (paper.kind !== 'invitation') return { before: [], after: [] };
  const guest = paper.sides.find((side) => paper.hostSide && side !== paper.hostSide);
  const guests = guest ? paper.parties[guest] : [];
  const addressee = (language: Language): Line[] => [
    labelled(copy, language, 'papers:labels.addressee', saidInARow(copy, guests, language)),
  ];
  return {
    before: [
      ...(guests.length > 0 ? [rowOf(copy, 'addressee', 'fact', addressee)] : []),
      formulaRow(copy, 'invitation', 'papers:invitation.opening'),
    ],
    after: [formulaRow(copy, 'reply', 'papers:invitation.closing')],
  };
};

/**
 * Lays out one copy of a paper. The alternat is decided here and nowhere else: which side is named first, which
 * language stands left. Both copies have the same rows, and every clause has the same two texts in both.
 */
export const layOut = (paper: MeetingPaper, copy: Copy): LaidOut => {
  const { title, facts } = headRows(copy, paper);
  const { before, after } = invitationRows(copy, paper);
  const { copyFor, words } = copy;
  const meeting = paper.title[copyFor] ?? Object.values(paper.title)[0] ?? '';
  return {
    copyFor,
    name: [words(copyFor, `papers:title.${paper.kind}.one`), meeting].join(copyFor === 'zh' ? '：' : '. '),
    header: { copy: inBoth(copy, `papers:copy.${copyFor}`), mark: markOf(copy, paper) },
    footer: inBoth(copy, 'papers:page', { page: PAGE, pages: PAGES }),
    rows: [...title, ...before, ...facts, ...bodyRows(copy, paper), ...after, ...closingRows(copy, paper)],
  };
};
