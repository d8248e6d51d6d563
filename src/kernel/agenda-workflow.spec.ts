import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SIDES, type Side } from './actor.js';
import {
  AGENDA_ANSWERS,
  AGENDA_STATES,
  type AgendaAnswer,
  type AgendaAnswerCode,
  type AgendaLine,
  type AgendaState,
  changedOfItem,
  discussedFrom,
  goesInCircles,
  placesOf,
  settledItem,
  totalMinutes,
  withAnswer,
} from './agenda-workflow.js';

const answer = (side: Side, code: AgendaAnswerCode, version = 2): AgendaAnswer => ({
  side,
  answer: code,
  at: '2026-05-01T01:00:00Z',
  version,
});

describe('answers to an item', () => {
  it('A17 make it accepted when every side has accepted, and only then', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ side: fc.constantFrom(...SIDES), code: fc.constantFrom(...AGENDA_ANSWERS) })),
        (given) => {
          let [state, answers]: [AgendaState, AgendaAnswer[]] = ['proposed', []];
          for (const { side, code } of given) {
            const next = withAnswer(state, answers, answer(side, code), SIDES);
            if (!next) continue;
            ({ state, answers } = next);
            if (code !== 'accepted') expect(state).toBe(code);
          }
          const accepted = SIDES.every((side) => answers.some((one) => one.side === side && one.answer === 'accepted'));
          expect(state === 'accepted').toBe(accepted);
          expect(new Set(answers.map(({ side }) => side)).size).toBe(answers.length);
        },
      ),
    );
  });

  it('are not taken from a side without a part, twice, or too late', () => {
    expect(withAnswer('proposed', [], answer('ru', 'accepted'), ['cn'])).toBeUndefined();
    expect(withAnswer('proposed', [answer('cn', 'accepted')], answer('cn', 'accepted'), SIDES)).toBeUndefined();
    for (const state of ['declined', 'deferred', 'discussed'] as const)
      for (const code of AGENDA_ANSWERS) expect(withAnswer(state, [], answer('cn', code), SIDES)).toBeUndefined();
    expect(withAnswer('accepted', [], answer('cn', 'declined'), SIDES)).toBeUndefined();
    expect(withAnswer('accepted', [], answer('cn', 'deferred'), SIDES)).toMatchObject({ state: 'deferred' });
  });

  it('lead to a discussion only of what was accepted', () => {
    expect(AGENDA_STATES.filter((state) => discussedFrom(state))).toEqual(['accepted']);
  });
});

describe('a change of an accepted item', () => {
  const before = {
    status: 'accepted',
    title: { zh: '口岸' },
    position: 1,
    answers: [answer('cn', 'accepted'), answer('ru', 'accepted')],
  };

  it('asks both sides again where the question is another one', () => {
    expect(settledItem(before, { ...before, title: { zh: '桥' } })).toMatchObject({ status: 'proposed', answers: [] });
    expect(settledItem(before, { ...before, document: { id: 'x' } })).toMatchObject({ status: 'proposed' });
  });

  it('leaves the answers to its translation, its place and its minutes', () => {
    const same = { title: { zh: '口岸', ru: 'Пункт пропуска' }, position: 7, durationMinutes: 20 };
    expect(settledItem(before, { ...before, ...same })).toMatchObject({ status: 'accepted', answers: before.answers });
    expect(changedOfItem(before, { ...before, ...same })).toEqual(['position', 'durationMinutes']);
  });
});

describe('the order of an agenda', () => {
  const line = (
    id: string,
    parent: string | null,
    durationMinutes: number | null,
    state: AgendaState = 'accepted',
  ) => ({
    id,
    parent,
    durationMinutes,
    state,
  });

  it('numbers items by their place below each other', () => {
    const places = placesOf([
      line('a', null, 1),
      line('b', 'a', 1),
      line('c', 'a', 1),
      line('d', null, 1),
      line('e', 'x', 1),
    ]);
    expect([...places.values()].map(({ number }) => number)).toEqual(['1', '1.1', '1.2', '2', '3']);
    expect(places.get('c')).toEqual({ level: 2, number: '1.2' });
  });

  it('adds up the minutes of what is taken up', () => {
    const lines = [
      line('a', null, null),
      line('b', 'a', 20),
      line('c', 'a', 15, 'declined'),
      line('d', null, 30, 'proposed'),
      line('e', 'd', 10),
    ];
    expect(totalMinutes(lines)).toBe(50);
    expect(totalMinutes(lines, ['accepted'])).toBe(20);
  });

  it('finds every circle, and none in a tree', () => {
    expect(
      goesInCircles(
        new Map([
          ['a', 'b'],
          ['b', 'a'],
        ]),
      ),
    ).toBe(true);
    expect(goesInCircles(new Map([['a', 'a']]))).toBe(true);
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (numbers) => {
        const parents = numbers.map((n, at): [string, string | null] => [String(at), at === 0 ? null : String(n % at)]);
        expect(goesInCircles(new Map(parents))).toBe(false);
        const lines = parents.map(([id, parent]): AgendaLine => line(id, parent, 1));
        expect(placesOf(lines).size).toBe(lines.length);
      }),
    );
  });
});
