import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SIDES, type Side } from './actor.js';
import { LANGUAGES } from './languages.js';
import {
  isAgreed,
  isSigned,
  type SignOff,
  type SignOffEvent,
  sealsOf,
  standingOf,
  transition,
  unsealed,
} from './sign-off.js';

const HASHES = ['a', 'b', 'c'];
const side = fc.constantFrom(...SIDES);
const hash = fc.constantFrom(...HASHES);

const event: fc.Arbitrary<SignOffEvent> = fc.oneof(
  fc.record({ kind: fc.constant('edit' as const), by: fc.constantFrom(...SIDES, null), hash }),
  fc.record({ kind: fc.constant('agree' as const), by: side, language: fc.constantFrom(...LANGUAGES), hash }),
  fc.record({ kind: fc.constant('sign' as const), by: side, side, hash }),
  fc.record({ kind: fc.constant('close' as const), by: side }),
);

/** Events that mostly lead on, so that random paths get to the end often enough. */
const willing = (state: SignOff): fc.Arbitrary<SignOffEvent> =>
  fc.oneof(
    { weight: 1, arbitrary: event },
    {
      weight: 4,
      arbitrary: fc.constantFrom<SignOffEvent>(
        { kind: 'agree', by: 'cn', language: 'zh', hash: state.hash },
        { kind: 'agree', by: 'ru', language: 'ru', hash: state.hash },
        { kind: 'sign', by: 'cn', side: 'cn', hash: state.hash },
        { kind: 'sign', by: 'ru', side: 'ru', hash: state.hash },
        { kind: 'close', by: 'cn' },
      ),
    },
  );

type Step = { from: SignOff; event: SignOffEvent; to: SignOff; refused: boolean };

/** A random path from a fresh draft; what is refused changes nothing. */
const path = fc.gen().map((gen) => {
  const steps: Step[] = [];
  let state = unsealed('a');
  for (let n = 0; n < 14; n += 1) {
    const happened = gen(() => willing(state)) as SignOffEvent;
    const outcome = transition(state, happened);
    const to = 'refused' in outcome ? state : outcome.to;
    steps.push({ from: state, event: happened, to, refused: 'refused' in outcome });
    state = to;
  }
  return steps;
});

/** What each side has given for a hash since the texts last changed, read off the path and not off the state. */
const givenFor = (steps: readonly Step[], kind: 'agree' | 'sign', wanted: string): Set<Side> => {
  const given = new Set<Side>();
  for (const { event: happened, from, to, refused } of steps) {
    if (from.hash !== to.hash) given.clear();
    if (happened.kind === kind && !refused && happened.hash === wanted) given.add(happened.by);
  }
  return given;
};

describe('the sign-off of minutes', () => {
  it('reaches closed only with two agreed texts and two signatures of the same hash (A17, H114)', () => {
    let closed = 0;
    fc.assert(
      fc.property(path, (steps) => {
        const end = steps.findIndex(({ to }) => to.closed);
        if (end < 0) return;
        closed += 1;
        const before = steps.slice(0, end);
        const { hash: sealed } = steps[end]!.to;
        expect([...givenFor(before, 'agree', sealed)].sort()).toEqual([...SIDES]);
        expect([...givenFor(before, 'sign', sealed)].sort()).toEqual([...SIDES]);
      }),
      { numRuns: 3_000 },
    );
    expect(closed).toBeGreaterThan(100);
  });

  it('never holds a seal of texts that are not the ones that stand', () => {
    fc.assert(
      fc.property(path, (steps) => {
        for (const { to } of steps)
          for (const seals of [to.agreed, to.signed])
            for (const named of Object.values(seals)) expect(named).toBe(to.hash);
      }),
    );
  });

  it('loses every seal by an edit of either text, and says whose they were', () => {
    fc.assert(
      fc.property(path, hash, (steps, edited) => {
        const state = steps.at(-1)!.to;
        const outcome = transition(state, { kind: 'edit', by: 'ru', hash: edited });
        if (edited === state.hash) expect(outcome).toEqual({ to: state, broken: [] });
        else if (state.closed) expect(outcome).toEqual({ refused: 'closed' });
        else expect(outcome).toEqual({ to: unsealed(edited), broken: sealsOf(state) });
      }),
    );
  });

  it('lets no side act for the other', () => {
    fc.assert(
      fc.property(path, side, (steps, by) => {
        const state = steps.at(-1)!.to;
        if (state.closed) return;
        const other = by === 'cn' ? 'ru' : 'cn';
        const foreign = by === 'cn' ? 'ru' : 'zh';
        expect(transition(state, { kind: 'agree', by, language: foreign, hash: state.hash })).toEqual({
          refused: 'other-side',
        });
        expect(transition(state, { kind: 'sign', by, side: other, hash: state.hash })).toEqual({
          refused: 'other-side',
        });
      }),
    );
  });

  it('only adds to the seals unless texts change: both keys in any order lead to the same state (H114)', () => {
    const keys: SignOffEvent[] = [
      { kind: 'agree', by: 'cn', language: 'zh', hash: 'a' },
      { kind: 'agree', by: 'ru', language: 'ru', hash: 'a' },
    ];
    const walk = (events: SignOffEvent[]) =>
      events.reduce<SignOff>((state, happened) => {
        const outcome = transition(state, happened);
        return 'refused' in outcome ? state : outcome.to;
      }, unsealed('a'));
    expect(walk(keys)).toEqual(walk(keys.toReversed()));
    expect(isAgreed(walk(keys))).toBe(true);
    const signatures: SignOffEvent[] = SIDES.map((one) => ({ kind: 'sign', by: one, side: one, hash: 'a' }));
    expect(walk([...keys, ...signatures])).toEqual(walk([...keys, ...signatures.toReversed()]));
    expect(isSigned(walk([...keys, ...signatures]))).toBe(true);
  });

  it('refuses what comes too early, twice, too late or for other texts', () => {
    const draft = unsealed('a');
    const agreed: SignOff = { ...draft, agreed: { cn: 'a', ru: 'a' } };
    const signed: SignOff = { ...agreed, signed: { cn: 'a', ru: 'a' } };
    const sign: SignOffEvent = { kind: 'sign', by: 'cn', side: 'cn', hash: 'a' };
    const cases: [SignOff, SignOffEvent, string][] = [
      [draft, { kind: 'agree', by: 'cn', language: 'zh', hash: 'b' }, 'outdated'],
      [draft, sign, 'not-agreed'],
      [{ ...draft, agreed: { cn: 'a' } }, sign, 'not-agreed'],
      [agreed, { ...sign, hash: 'b' }, 'outdated'],
      [agreed, { kind: 'agree', by: 'ru', language: 'ru', hash: 'a' }, 'already-sealed'],
      [signed, sign, 'already-sealed'],
      [draft, { kind: 'close', by: 'cn' }, 'not-agreed'],
      [{ ...agreed, signed: { ru: 'a' } }, { kind: 'close', by: 'cn' }, 'not-signed'],
      [{ ...signed, closed: true }, sign, 'closed'],
      [{ ...signed, closed: true }, { kind: 'edit', by: 'cn', hash: 'b' }, 'closed'],
    ];
    for (const [state, happened, reason] of cases) expect(transition(state, happened)).toEqual({ refused: reason });
  });

  it('says how far it has come', () => {
    const draft = unsealed('a');
    const agreed: SignOff = { ...draft, agreed: { cn: 'a', ru: 'a' } };
    const signed: SignOff = { ...agreed, signed: { cn: 'a', ru: 'a' } };
    const words = [draft, agreed, { ...agreed, signed: { cn: 'a' } }, signed, { ...signed, closed: true }];
    expect(words.map(standingOf)).toEqual(['draft', 'agreed', 'agreed', 'signed', 'closed']);
    expect(standingOf({ ...signed, hash: 'b' })).toBe('draft');
  });
});
