import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AccountActor } from './actor.js';
import { afterEvent, isStale, mayReview, standingOf, type TextUnit, type UnitEvent } from './translation-workflow.js';

const missing: TextUnit = {
  ...{ language: 'ru', authentic: false, state: 'draft', origin: 'human', text: null, original: 'o0', madeFrom: null },
  ...{ authorId: null, submitterId: null, approverId: null },
};

const people = fc.constantFrom('li', 'ivanov', 'wang');
const prints = fc.constantFrom('a', 'b', 'c');
const event: fc.Arbitrary<UnitEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    by: fc.option(people),
    text: prints,
    origin: fc.constantFrom('human' as const, 'machine' as const, 'import' as const),
  }),
  fc.record({ kind: fc.constant('original' as const), original: prints }),
  fc.record({ kind: fc.constant('submit' as const), by: people }),
  fc.record({ kind: fc.constant('approve' as const), by: people }),
  fc.constant({ kind: 'return' as const }),
  fc.record({ kind: fc.constant('confirm-unchanged' as const), by: people, mayApprove: fc.boolean() }),
);

/** Follows the events that are taken; refused ones change nothing. */
const walk = (start: TextUnit, events: readonly UnitEvent[]): TextUnit[] => {
  const states = [start];
  for (const one of events) {
    const next = afterEvent(states.at(-1)!, one);
    if (typeof next === 'object') states.push(next);
  }
  return states;
};
const taken = (unit: TextUnit, one: UnitEvent): TextUnit => {
  const next = afterEvent(unit, one);
  if (typeof next === 'string') throw new Error(next);
  return next;
};

const draft = taken(missing, { kind: 'write', by: 'li', text: 'a', origin: 'human' });
const inReview = taken(draft, { kind: 'submit', by: 'li' });
const approved = taken(inReview, { kind: 'approve', by: 'ivanov' });

describe('a translated text', () => {
  it('goes from missing over draft and review to approved', () => {
    expect([missing, draft, inReview, approved].map(standingOf)).toEqual(['missing', 'draft', 'in-review', 'approved']);
  });

  it('is approved by nobody who wrote it, and only out of review', () => {
    expect(afterEvent(inReview, { kind: 'approve', by: 'li' })).toBe('own-work');
    expect(afterEvent(draft, { kind: 'approve', by: 'ivanov' })).toBe('wrong-state');
    expect(afterEvent(approved, { kind: 'approve', by: 'wang' })).toBe('wrong-state');
  });

  it('is approved by nobody who handed a machine text on as good', () => {
    const machine = taken(missing, { kind: 'write', by: null, text: 'a', origin: 'machine' });
    expect(standingOf(machine)).toBe('machine');
    const handed = taken(machine, { kind: 'submit', by: 'li' });
    expect(afterEvent(handed, { kind: 'approve', by: 'li' })).toBe('own-work');
    expect(standingOf(taken(handed, { kind: 'approve', by: 'ivanov' }))).toBe('approved');
  });

  it('is stale while its original differs, and undoing the edit clears it', () => {
    const stale = taken(approved, { kind: 'original', original: 'o1' });
    expect(standingOf(stale)).toBe('stale');
    expect(taken(stale, { kind: 'original', original: 'o0' })).toEqual(approved);
  });

  it('made from an older original than the present one is stale from the start', () => {
    const late = taken(missing, { kind: 'write', by: 'li', text: 'a', origin: 'human', seen: 'older' });
    expect(standingOf(late)).toBe('stale');
    expect(standingOf(taken(late, { kind: 'original', original: 'older' }))).toBe('draft');
  });

  it('stays approved by the word of another person, and goes back into review by the word of its author', () => {
    const stale = taken(approved, { kind: 'original', original: 'o1' });
    const by = (one: string, mayApprove: boolean) =>
      standingOf(taken(stale, { kind: 'confirm-unchanged', by: one, mayApprove }));
    expect([by('wang', true), by('wang', false), by('li', true)]).toEqual(['approved', 'in-review', 'in-review']);
    expect(afterEvent(approved, { kind: 'confirm-unchanged', by: 'wang', mayApprove: true })).toBe('wrong-state');
  });

  it('is stale exactly when its original is not the one it was made from', () => {
    fc.assert(
      fc.property(fc.array(event), (events) => {
        for (const unit of walk(missing, events))
          expect(isStale(unit)).toBe(unit.text !== null && unit.madeFrom !== unit.original);
      }),
    );
  });

  it('is never approved by the author of the text that stands there, whatever happened before', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(event, { maxLength: 40 }), (authentic, events) => {
        for (const unit of walk({ ...missing, authentic }, events)) {
          if (unit.state !== 'approved') expect(unit.approverId).toBeNull();
          else expect([unit.authorId, null]).not.toContain(unit.approverId);
        }
      }),
    );
  });

  it('comes back to what it was when an edit of its original is undone, whatever its state', () => {
    fc.assert(
      fc.property(fc.array(event), prints, (events, original) => {
        const unit = walk(missing, events).at(-1)!;
        const edited = taken(unit, { kind: 'original', original });
        expect(taken(edited, { kind: 'original', original: unit.original })).toEqual(unit);
      }),
    );
  });
});

describe('two authentic texts', () => {
  const pair = (): [TextUnit, TextUnit] => {
    const settled = { ...approved, authentic: true, madeFrom: 'z', original: 'z', text: 'r' };
    return [{ ...settled, language: 'zh', text: 'z', original: 'r', madeFrom: 'r' }, settled];
  };

  it.each([0, 1])('an edit of either text drops both approvals (%i)', (n) => {
    const texts = pair();
    const edited = taken(texts[n]!, { kind: 'write', by: 'wang', text: 'new', origin: 'human' });
    const other = taken(texts[1 - n]!, { kind: 'original', original: 'new' });
    expect([edited, other].map((unit) => [standingOf(unit), unit.approverId])).toEqual([
      ['draft', null],
      ['draft', null],
    ]);
  });

  it('are never stale: neither is made from the other', () => {
    fc.assert(
      fc.property(fc.array(event), (events) => {
        for (const unit of walk({ ...missing, authentic: true }, events)) expect(standingOf(unit)).not.toBe('stale');
      }),
    );
  });

  it('are approved each by the side whose language it is, and by no translator', () => {
    const of = (side: 'cn' | 'ru', roles: AccountActor['roles']): AccountActor => ({
      ...{ kind: 'account', id: 'a', organizationId: 'o', translatesInto: ['zh', 'ru'] },
      ...{ side, roles },
    });
    const may = (actor: AccountActor, authentic: boolean) =>
      (['zh', 'ru'] as const).filter((language) => mayReview(actor, { language, authentic }));
    expect(may(of('cn', ['official']), true)).toEqual(['zh']);
    expect(may(of('ru', ['coordinator']), true)).toEqual(['ru']);
    expect(may(of('ru', ['translator']), true)).toEqual([]);
    expect(may(of('ru', ['translator']), false)).toEqual(['zh', 'ru']);
    expect(may(of('cn', ['administrator', 'investor']), false)).toEqual([]);
    expect(may({ ...of('cn', ['official']), owesSecondFactor: true }, false)).toEqual([]);
  });
});
