import type { Side } from '../../../kernel/actor.js';
import { type BySide, bySideOfCopy, placePair, sidesOfCopy } from '../../../kernel/alternat.js';
import type { Language, LanguageMap } from '../../../kernel/languages.js';
import { chineseNumeral, russianOrdinal, writtenDate } from '../../../kernel/written-numbers.js';
import type { Delegate, MeetingPaper, SideTime } from '../paper.js';
import { type Copy, type Line, labelled, type Row, type Run, rowOf, said, saidInARow, word } from './blocks.js';

/** The sides of a paper in the order of a copy. */
const sidesIn = ({ copyFor }: Copy, { sides }: MeetingPaper): Side[] =>
  sidesOfCopy(copyFor).filter((side) => sides.includes(side));

/** The side that a title names first; a meeting of one side's own names none. */
const firstNamed = (copy: Copy, paper: MeetingPaper): Side | 'one' =>
  paper.sides.length > 1 ? sidesOfCopy(copy.copyFor)[0] : 'one';

const numberInWords = (language: Language, number: number): string => {
  if (language === 'zh') return chineseNumeral(number);
  const ordinal = russianOrdinal(number);
  return ordinal.charAt(0).toUpperCase() + ordinal.slice(1);
};

/** The places: their names are the record's, their order is the copy's. */
const placesLine = (copy: Copy, places: BySide<LanguageMap>, language: Language): Line => {
  const [first, second] = bySideOfCopy(copy.copyFor, places);
  if (first[language] === undefined || second[language] === undefined)
    return [...said(copy, first, language), { language, text: ' ' }, ...said(copy, second, language)];
  return [{ language, text: placePair(language, [first[language], second[language]]) }];
};

const titleRows = (copy: Copy, paper: MeetingPaper): Row[] => {
  const { kind, mechanism, numberInSeries, places, acrossTheAmur } = paper;
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
    ...(places ? [subtitle('places', (language) => placesLine(copy, places, language))] : []),
    ...(acrossTheAmur ? [subtitle('river', (language) => [word(copy, language, 'papers:river')])] : []),
  ];
};

/** `+08:00` as UTC+8, `+09:30` as UTC+9:30. */
const shortOffset = (offset: string): string => `UTC${offset.replace(/^([+-])0/, '$1').replace(/:00$/, '')}`;

/** A fact with its name before it; a side's own fact names the side. */
type Fact = { key: string; line: (language: Language) => Line };

const timeOfSide = (copy: Copy, side: Side, time: SideTime | undefined): Fact => ({
  key: `time.${side}`,
  line: (language) => {
    if (!time)
      return labelled(copy, language, `papers:labels.time.${side}`, [word(copy, language, 'papers:time.unknown')]);
    const values = { offset: shortOffset(time.offset) };
    const text = copy.words(language, 'papers:time.known', { date: writtenDate(language, time.date), time: time.time });
    return labelled(copy, language, `papers:labels.timeWithOffset.${side}`, [{ language, text }], { values });
  },
});

const timeFacts = (copy: Copy, paper: MeetingPaper): Fact[] => {
  const { times, heldOn } = paper;
  if (times.cn || times.ru) return sidesIn(copy, paper).map((side) => timeOfSide(copy, side, times[side]));
  if (heldOn === null) return [];
  const day = (language: Language): Run => ({ language, text: writtenDate(language, heldOn) });
  return [{ key: 'day', line: (language) => labelled(copy, language, 'papers:labels.day', [day(language)]) }];
};

const venueFacts = (copy: Copy, { venue, form }: MeetingPaper): Fact[] => {
  const fact = (key: string, runs: (language: Language) => Run[]): Fact => ({
    key,
    line: (language) => labelled(copy, language, `papers:labels.${key}`, runs(language)),
  });
  return [
    ...(venue ? [fact('venue', (language) => said(copy, venue, language))] : []),
    ...(form ? [fact('form', (language) => [word(copy, language, `vocabularies:meetingForm.codes.${form}`)])] : []),
  ];
};

/** Bodies that take part; of a side that nobody is known of, the side itself. */
const partyFacts = (copy: Copy, paper: MeetingPaper): Fact[] =>
  sidesIn(copy, paper).map((side) => ({
    key: `parties.${side}`,
    line: (language) => {
      const parties = paper.parties[side];
      if (parties.length === 0) return [word(copy, language, `papers:sides.${side}`, {}, 'strong')];
      return labelled(copy, language, `papers:sides.${side}`, saidInARow(copy, parties, language));
    },
  }));

const delegateRuns = (copy: Copy, { name, post, role }: Delegate, language: Language): Run[] => [
  ...said(copy, name, language),
  ...(post ? [{ language, text: language === 'zh' ? '，' : ', ' }, ...said(copy, post, language)] : []),
  ...(role === 'member'
    ? []
    : [
        { language, text: language === 'zh' ? '，' : ', ' },
        word(copy, language, `vocabularies:delegateRole.codes.${role}`),
      ]),
];

/** The people of each side, those of one side in one row. */
const delegationRows = (copy: Copy, paper: MeetingPaper): Row[] => {
  const { delegations } = paper;
  if (!delegations) return [];
  return sidesIn(copy, paper)
    .filter((side) => delegations[side].length > 0)
    .map((side) =>
      rowOf(copy, `delegation.${side}`, 'fact', (language) => [
        [word(copy, language, `papers:delegations.${side}`, {}, 'strong')],
        ...delegations[side].map((delegate) => delegateRuns(copy, delegate, language)),
      ]),
    );
};

const meetingFact = (copy: Copy, { title }: MeetingPaper): Fact => ({
  key: 'meeting',
  line: (language) => labelled(copy, language, 'papers:labels.meeting', said(copy, title, language)),
});

/** What stands at the head of a paper: its title, the places, and the facts of the meeting, each at one height. */
export const headRows = (copy: Copy, paper: MeetingPaper): { title: Row[]; facts: Row[] } => {
  const facts = [
    meetingFact(copy, paper),
    ...timeFacts(copy, paper),
    ...venueFacts(copy, paper),
    ...partyFacts(copy, paper),
  ];
  return {
    title: titleRows(copy, paper),
    facts: [
      ...facts.map(({ key, line }) => rowOf(copy, key, 'fact', (language) => [line(language)])),
      ...delegationRows(copy, paper),
    ],
  };
};
