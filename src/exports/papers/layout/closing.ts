import type { Side } from '../../../kernel/actor.js';
import { languagesOfCopy, sidesOfCopy } from '../../../kernel/alternat.js';
import type { Language } from '../../../kernel/languages.js';
import { writtenDate } from '../../../kernel/written-numbers.js';
import type { MeetingPaper } from '../paper.js';
import { COLON, type Copy, type Line, type Row, type Run, rowOf, rowOfSides, said, word } from './blocks.js';
import { formulaRow } from './body.js';

/** Room for a hand. */
const RULE = '________________';

/** For whom the signature stands, in one language. */
const signatoryLines = (copy: Copy, paper: MeetingPaper, side: Side, language: Language): Line[] => {
  const { organization, post } = paper.signatories[side];
  return [
    [word(copy, language, `papers:signature.for.${side}`, {}, 'strong')],
    ...(organization ? [said(copy, organization, language)] : []),
    ...(post ? [said(copy, post, language)] : []),
  ];
};

const inOrder = (languages: readonly Language[], run: (language: Language) => readonly Run[]): Run[] =>
  languages.flatMap((language, n) => [...(n > 0 ? [{ language, text: ' / ' }] : []), ...run(language)]);

/** A day in one language, on a line of its own: two of them would be torn in the narrow column. */
const dayLine = (copy: Copy, language: Language, day: string): Line => [
  word(copy, language, 'papers:signature.day'),
  { language, text: `${COLON[language]}${writtenDate(language, day)}` },
];

/** Name, hand and day. */
const handLines = (copy: Copy, paper: MeetingPaper, side: Side, languages: readonly Language[]): Line[] => {
  const { name } = paper.signatories[side];
  const signedOn = paper.standing.signedOn[side];
  const last = languages.at(-1)!;
  const after = (text: string): Run => ({
    language: last,
    text: `${languages.length > 1 ? ': ' : COLON[last]}${text}`,
  });
  const label = (key: string) => inOrder(languages, (language) => [word(copy, language, `papers:signature.${key}`)]);
  return [
    [...label('hand'), after(RULE)],
    ...(name ? [inOrder(languages, (language) => said(copy, name, language))] : []),
    ...(signedOn ? languages.map((language) => dayLine(copy, language, signedOn)) : [[...label('day'), after(RULE)]]),
  ];
};

/** The blocks of both sides beside each other, each in both languages, so that hands are set at one height. */
const bothSign = (copy: Copy, paper: MeetingPaper): Row[] => {
  const languages = languagesOfCopy(copy.copyFor);
  const sides = sidesOfCopy(copy.copyFor);
  return [
    ...languages.map((language) =>
      rowOfSides(`signatory.${language}`, 'signatory', sides, (side) => signatoryLines(copy, paper, side, language)),
    ),
    rowOfSides('signatures', 'signature', sides, (side) => handLines(copy, paper, side, languages)),
  ];
};

/** The block of one side, each language in its column. */
const oneSigns = (copy: Copy, paper: MeetingPaper, side: Side): Row[] => [
  rowOf(copy, 'signatory', 'signatory', (language) => signatoryLines(copy, paper, side, language)),
  rowOf(copy, 'signatures', 'signature', (language) => handLines(copy, paper, side, [language])),
];

/** Who signs: an invitation the host where one is known, everything else the sides that take part. */
const signingSide = ({ kind, hostSide, sides }: MeetingPaper): Side | undefined => {
  if (kind === 'invitation' && hostSide) return hostSide;
  return sides.length === 1 ? sides[0] : undefined;
};

/** The end of a paper: of minutes of both sides the statement on the languages, and the signature blocks. */
export const closingRows = (copy: Copy, paper: MeetingPaper): Row[] => {
  const side = signingSide(paper);
  const isBilateral = paper.kind === 'minutes' && paper.sides.length > 1;
  return [
    ...(isBilateral ? [formulaRow(copy, 'languages', `papers:formula.${sidesOfCopy(copy.copyFor)[0]}`)] : []),
    ...(side ? oneSigns(copy, paper, side) : bothSign(copy, paper)),
  ];
};
