import type { Side } from '../../../kernel/actor.js';
import { type BySide, bySideOfCopy, placePair, sidesOfCopy } from '../../../kernel/alternat.js';
import type { Language, LanguageMap } from '../../../kernel/languages.js';
import { chineseNumeral, russianOrdinal, writtenDate } from '../../../kernel/written-numbers.js';
import type { Delegate, MeetingPaper, SideTime } from '../paper.js';
import { type Copy, type Line, labelled, type Row, type Run, rowOf, said, saidInARow, word } from './blocks.js';

/** The sides of a paper in the order of a copy. */
export const sidesIn = ({ copyFor }: Copy, { sides }: MeetingPaper): Side[] =>
  sidesOfCopy(copyFor).filter((side) => sides.includes(side));

/** The side that a title names first; a meeting of one side's own names none. */
const firstNamed = (copy: Copy, paper: MeetingPaper): Side | 'one' =>
  paper.sides.length > 1 ? sidesOfCopy(copy.copyFor)[0] : 'one';

const numberInWords = (language: Language, number: number): string => {
  if (language === 'zh') return chineseNumeral(number);
  const ordinal = russianOrdinal(number);
  return ordinal.charAt(0).toUpperCase() + ordinal.slice(1);
};

/** The places and, where it parts them, the river; each name in both languages is the record's, their order the copy's. */
const placesLine = (copy: Copy, places: BySide<LanguageMap>, acrossTheAmur: boolean, language: Language): Line => {
  const [first, second] = bySideOfCopy(copy.copyFor, places);
  const river: Run[] = acrossTheAmur ? [word(copy, language, 'papers:river')] : [];
  if (first[language] === undefined || second[language] === undefined)
    return [...said(copy, first, language), ...said(copy, second, language), ...river];
  return [{ language, text: placePair(language, [first[language], second[language]]) }, ...river];
};

const titleRows = (copy: Copy, paper: MeetingPaper): Row[] => {
  const { kind, mechanism, numberInSeries, places } = paper;
  const title = `papers:title.${kind}.${firstNamed(copy, paper)}`;
  const subtitle = (key: string, line: (language: Language) => Line) =>
    rowOf(copy, key, 'subtitle', (language) => [line(language)]);
  return [
    ...(mechanism ? [subtitle('mechanism', (language) => said(copy, mechanism, language))] : []),
    rowOf(copy, 'title', 'title', (language) => [[word(copy, language, title)]]),
    ...(numberInSeries
      ? [
          subtitle('number', (language) => [
            word(copy, language, 'papers:number', { number: numberInWords(language, numberInSeries) }),
          ]),
        ]
      : []),
    ...(places
      ? [subtitle('places', (language) => placesLine(copy, places, paper.acrossTheAmur, language))]
      : []),
  ];
};

/** `+08:00` as UTC+8, `+09:30` as UTC+9:30. */
const shortOffset = (offset: string): string => `UTC${offset.replace(/^([+-])0/, '$1').replace(/:00$/, '')}`;

const timeRun = (copy: Copy, side: Side, time: SideTime | undefined, language: Language): Run =>
  time
    ? word(copy, language, `papers:time.${side}`, {
        date: writtenDate(language, time.date),
        time: time.time,
        offset: shortOffset(time.offset),
      })
    : word(copy, language, 'papers:time.unknown');

const timeLines = (copy: Copy, paper: MeetingPaper, language: Language): Line[] => {
  const { times, heldOn } = paper;
  if (times.cn || times.ru)
    return sidesIn(copy, paper).map((side) =>
      labelled(copy, language, `papers:labels.time.${side}`, [timeRun(copy, side, times[side], language)]),
    );
  if (heldOn === null) return [];
  return [labelled(copy, language, 'papers:labels.day', [{ language, text: writtenDate(language, heldOn) }])];
};

const venueLines = (copy: Copy, { venue, form }: MeetingPaper, language: Language): Line[] => [
  ...(venue ? [labelled(copy, language, 'papers:labels.venue', said(copy, venue, language))] : []),
  ...(form
    ? [labelled(copy, language, 'papers:labels.form', [word(copy, language, `vocabularies:meetingForm.codes.${form}`)])]
    : []),
];

/** Bodies that take part; of a side that nobody is known of, the side itself. */
const partyLines = (copy: Copy, paper: MeetingPaper, language: Language): Line[] =>
  sidesIn(copy, paper).map((side) => {
    const parties = paper.parties[side];
    if (parties.length > 0) return labelled(copy, language, `papers:sides.${side}`, saidInARow(copy, parties, language));
    return [word(copy, language, `papers:sides.${side}`, {}, 'strong')];
  });

const delegateRuns = (copy: Copy, { name, post, role }: Delegate, language: Language): Run[] => [
  ...said(copy, name, language),
  ...(post ? [{ language, text: language === 'zh' ? '，' : ', ' }, ...said(copy, post, language)] : []),
  ...(role === 'member' ? [] : [{ language, text: language === 'zh' ? '，' : ', ' }, word(copy, language, `papers:delegates.${role}`)]),
];

const delegationRows = (copy: Copy, paper: MeetingPaper): Row[] => {
  const { delegations } = paper;
  if (!delegations) return [];
  return [
    rowOf(copy, 'delegations', 'fact', (language) =>
      sidesIn(copy, paper).flatMap((side): Line[] =>
        delegations[side].length === 0
          ? []
          : [
              [word(copy, language, `papers:delegations.${side}`, {}, 'strong')],
              ...delegations[side].map((delegate) => delegateRuns(copy, delegate, language)),
            ],
      ),
    ),
  ];
};

/** A row of facts, left out where nothing is known. */
const factRow = (copy: Copy, key: string, lines: (language: Language) => Line[]): Row[] => {
  const row = rowOf(copy, key, 'fact', lines);
  return row.cells.some((cell) => cell.lines.length > 0) ? [row] : [];
};

/** What stands at the head of a paper: its title, the places, and the facts of the meeting. */
export const headRows = (copy: Copy, paper: MeetingPaper): { title: Row[]; facts: Row[] } => ({
  title: titleRows(copy, paper),
  facts: [
    ...factRow(copy, 'meeting', (language) => [
      labelled(copy, language, 'papers:labels.meeting', said(copy, paper.title, language)),
    ]),
    ...factRow(copy, 'time', (language) => timeLines(copy, paper, language)),
    ...factRow(copy, 'venue', (language) => venueLines(copy, paper, language)),
    ...factRow(copy, 'parties', (language) => partyLines(copy, paper, language)),
    ...delegationRows(copy, paper),
  ],
});
