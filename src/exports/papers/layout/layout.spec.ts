import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { projectFolder } from '../../../infra/config/config.js';
import { Texts } from '../../../infra/i18n/texts.js';
import { LANGUAGES, type Language, type LanguageMap } from '../../../kernel/languages.js';
import { type MeetingPaper, PAPER_KINDS } from '../paper.js';
import type { Cell, Row } from './blocks.js';
import { layOut } from './layout.js';

const texts = Texts.load(join(projectFolder, 'locales'));
const words = texts.t.bind(texts);
const copyOf = (paper: MeetingPaper, copyFor: Language) => layOut(paper, { copyFor, words });

/** Papers are large: fewer of them say as much. */
const FEW = { numRuns: 40 };

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
/** A text in both languages or in one of them. */
const map: fc.Arbitrary<LanguageMap> = fc.oneof(
  fc.record({ zh: text, ru: text }),
  fc.record({ zh: text }),
  fc.record({ ru: text }),
);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value);
const bySide = <Value>(value: fc.Arbitrary<Value>) => fc.record({ cn: value, ru: value });
const some = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { maxLength: 3 });
const day = fc.constantFrom('2026-06-30', '2026-07-01');
const time = fc.record({ date: day, time: fc.constant('23:30'), offset: fc.constantFrom('+08:00', '+09:00') });

const papers: fc.Arbitrary<MeetingPaper> = fc.record({
  kind: fc.constantFrom(...PAPER_KINDS),
  standing: fc.record({
    stage: fc.constantFrom('draft' as const, 'agreed' as const, 'signed' as const, 'excerpt' as const),
    hash: fc.constantFrom(null, 'a1b2c3d4e5f60718293a'),
    signedOn: fc.oneof(fc.constant({}), bySide(day)),
  }),
  title: map,
  mechanism: maybe(map),
  numberInSeries: maybe(fc.integer({ min: 1, max: 200 })),
  sides: fc.constant(['cn', 'ru'] as const),
  parties: bySide(some(map)),
  places: maybe(bySide(map)),
  acrossTheAmur: fc.boolean(),
  heldOn: maybe(day),
  times: fc.oneof(fc.constant({}), bySide(time)),
  venue: maybe(map),
  form: maybe(fc.constantFrom('in-person', 'online')),
  hostSide: maybe(fc.constantFrom('cn' as const, 'ru' as const)),
  agenda: some(
    fc.record({ label: text, title: map, proposedBy: maybe(map), status: fc.constantFrom('accepted', 'deferred') }),
  ),
  clauses: some(fc.record({ label: text, title: maybe(map), text: map })),
  decisions: some(
    fc.record({ label: text, kind: fc.constant('decision'), text: map, responsible: some(map), dueOn: maybe(day) }),
  ),
  delegations: maybe(
    bySide(some(fc.record({ role: fc.constantFrom('head', 'member', 'expert'), name: map, post: maybe(map) }))),
  ),
  signatories: bySide(fc.record({ organization: maybe(map), post: maybe(map), name: maybe(map) })),
});

const cell = (row: Row, of: Cell['of']): Cell => row.cells.find((one) => one.of === of)!;

/** The words of a cell; where both languages say that a text is missing, their order is the copy's. */
const wordsOf = ({ lines }: Cell): string[] =>
  lines.map((line) =>
    line
      .filter(({ tone }) => tone !== 'missing')
      .map((run) => run.text)
      .join(''),
  );

/** The rows whose wording is a pair: which of the two is named first is the alternat itself. */
const NAMES_BOTH = /^(title|places|languages|signatures)$/;

describe('the two copies of a paper', () => {
  it('have every column swapped, and every clause word for word alike', () => {
    fc.assert(
      fc.property(papers, (paper) => {
        const [zh, ru] = [copyOf(paper, 'zh'), copyOf(paper, 'ru')];
        expect(ru.rows.map(({ key }) => key).sort()).toEqual(zh.rows.map(({ key }) => key).sort());
        for (const row of zh.rows) {
          const other = ru.rows.filter(({ key }) => key === row.key);
          const twin =
            other.length === 1 ? other[0]! : other[zh.rows.filter(({ key }) => key === row.key).indexOf(row)]!;
          expect(twin.style).toBe(row.style);
          expect(twin.cells.map(({ of }) => of)).toEqual([row.cells[1].of, row.cells[0].of]);
          if (NAMES_BOTH.test(row.key)) continue;
          for (const { of } of row.cells) expect(wordsOf(cell(twin, of))).toEqual(wordsOf(cell(row, of)));
        }
      }),
      FEW,
    );
  });

  it('leave no cell without a word', () => {
    fc.assert(
      fc.property(papers, fc.constantFrom(...LANGUAGES), (paper, copyFor) => {
        for (const { cells, key } of copyOf(paper, copyFor).rows)
          for (const { lines } of cells)
            expect([key, lines.flat().some((run) => run.text !== '')]).toEqual([key, true]);
      }),
      FEW,
    );
  });

  it('order the facts of the sides as they order the sides', () => {
    fc.assert(
      fc.property(papers, (paper) => {
        const keysOf = (copyFor: Language) => copyOf(paper, copyFor).rows.map(({ key }) => key);
        const sidesOf = (keys: string[], fact: string) =>
          keys.filter((key) => key.startsWith(`${fact}.`)).map((key) => key.slice(fact.length + 1));
        for (const fact of ['parties', 'time', 'delegation']) {
          expect(sidesOf(keysOf('ru'), fact)).toEqual(sidesOf(keysOf('zh'), fact).reverse());
        }
      }),
      FEW,
    );
  });
});
