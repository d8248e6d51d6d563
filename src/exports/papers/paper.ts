import type { Side } from '../../kernel/actor.js';
import type { BySide } from '../../kernel/alternat.js';
import type { LanguageMap } from '../../kernel/languages.js';

/** Papers that a meeting gives rise to. */
export const PAPER_KINDS = ['minutes', 'agenda', 'invitation'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** How far a paper is: still being written, both texts agreed upon, signed, or a part of what was agreed upon or signed. */
export type Standing = {
  stage: 'draft' | 'agreed' | 'signed' | 'excerpt';
  /** Fingerprint of the text that was agreed upon. */
  hash: string | null;
  /** Days on which the sides signed. */
  signedOn: Partial<BySide<string>>;
};

/** A text with its number in the paper; those below others are numbered after them: 2.1. */
export type NumberedText = { label: string; title: LanguageMap };

export type AgendaRow = NumberedText & {
  proposedBy: LanguageMap | null;
  /** Said where the item is not simply on the agenda: declined, deferred, only proposed. */
  status: string;
};

/** A clause of the minutes: what was said on an item. */
export type MinutesClause = {
  label: string;
  /** The item of the agenda, if it was on one. */
  title: LanguageMap | null;
  text: LanguageMap;
};

export type DecisionRow = {
  label: string;
  kind: string;
  text: LanguageMap;
  responsible: readonly LanguageMap[];
  dueOn: string | null;
};

export type Delegate = {
  role: string;
  name: LanguageMap;
  post: LanguageMap | null;
};

/** Who signs for a side. */
export type Signatory = { organization: LanguageMap | null; post: LanguageMap | null; name: LanguageMap | null };

/** The clock of one bank when the meeting begins. */
export type SideTime = { date: string; time: string; offset: string };

/** A paper of a meeting, as data and in no order of sides or languages: both copies are laid out from this one record. */
export type MeetingPaper = {
  kind: PaperKind;
  standing: Standing;
  title: LanguageMap;
  mechanism: LanguageMap | null;
  numberInSeries: number | null;
  /** Sides that take part; one alone for a meeting of one side's own. */
  sides: readonly Side[];
  /** Bodies that take part, by side. */
  parties: BySide<readonly LanguageMap[]>;
  /** The place of each side, where both are known. */
  places: BySide<LanguageMap> | null;
  /** Whether the two places face each other across the Amur. */
  acrossTheAmur: boolean;
  /** Day of the meeting where its hour is not known. */
  heldOn: string | null;
  times: Partial<BySide<SideTime>>;
  venue: LanguageMap | null;
  form: string | null;
  hostSide: Side | null;
  agenda: readonly AgendaRow[];
  clauses: readonly MinutesClause[];
  decisions: readonly DecisionRow[];
  delegations: BySide<readonly Delegate[]> | null;
  signatories: BySide<Signatory>;
};
