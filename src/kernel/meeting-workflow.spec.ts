import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SIDES, type Side } from './actor.js';
import {
  awaitedSides,
  type Confirmation,
  changedTerms,
  isSameButForConfirmations,
  MEETING_ACTS,
  MEETING_STATUSES,
  type MeetingStatus,
  mayTakeStep,
  settledMeeting,
  statusAfter,
  withConfirmation,
} from './meeting-workflow.js';

const AT = '2026-05-01T01:00:00Z';
const consent = (side: Side, version = 2): Confirmation => ({ side, at: AT, version });

describe('the steps of a meeting', () => {
  it('lead only where the domain says', () => {
    const steps = MEETING_ACTS.flatMap((act) =>
      MEETING_STATUSES.flatMap((from) => (statusAfter(act, from) ? [`${from} ${act} ${statusAfter(act, from)}`] : [])),
    );
    expect(steps).toEqual([
      'draft propose proposed',
      'postponed propose proposed',
      'proposed confirm confirmed',
      'confirmed hold held',
      'draft postpone postponed',
      'proposed postpone postponed',
      'confirmed postpone postponed',
      'draft cancel cancelled',
      'proposed cancel cancelled',
      'confirmed cancel cancelled',
      'postponed cancel cancelled',
    ]);
  });

  it('are not taken any more once a meeting was held or cancelled', () => {
    for (const status of ['held', 'minutes-agreed', 'closed', 'cancelled'] as const)
      for (const act of MEETING_ACTS) expect(statusAfter(act, status)).toBeUndefined();
  });

  it('are confirmed by a secretariat alone, whoever owns the meeting', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MEETING_STATUSES),
        fc.boolean(),
        fc.constantFrom<Side | null>('cn', 'ru', null),
        fc.subarray([...SIDES]),
        (status, isOwner, coordinates, sides) => {
          const may = mayTakeStep('confirm', status, { isOwner, coordinates }, sides);
          expect(may).toBe(coordinates !== null && sides.includes(coordinates));
          expect(mayTakeStep('propose', status, { isOwner, coordinates }, sides)).toBe(isOwner);
        },
      ),
    );
  });

  it('leave a draft to its owner', () => {
    const other = { isOwner: false, coordinates: 'ru' } as const;
    expect(mayTakeStep('cancel', 'draft', other, SIDES)).toBe(false);
    expect(mayTakeStep('cancel', 'proposed', other, SIDES)).toBe(true);
  });
});

describe('confirmations', () => {
  it('A17 are complete only when every side has given its own, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SIDES), { maxLength: 6 }), (order) => {
        let confirmations: Confirmation[] = [];
        let complete = false;
        for (const [n, side] of order.entries()) {
          const next = withConfirmation(confirmations, consent(side, n + 2), SIDES);
          expect(next === undefined).toBe(confirmations.some((one) => one.side === side));
          if (next) ({ confirmations, complete } = next);
        }
        expect(complete).toBe(new Set(order).size === SIDES.length);
        expect(confirmations.length).toBe(new Set(order).size);
      }),
    );
  });

  it('are not wanted of a side that takes no part', () => {
    expect(withConfirmation([], consent('ru'), ['cn'])).toBeUndefined();
    expect(withConfirmation([], consent('cn'), ['cn'])).toMatchObject({ complete: true });
  });

  it('H114 speak of the same meeting while only confirmations lie between', () => {
    expect(isSameButForConfirmations(4, 4, [])).toBe(true);
    expect(isSameButForConfirmations(4, 5, [consent('cn', 5)])).toBe(true);
    expect(isSameButForConfirmations(4, 6, [consent('cn', 5)])).toBe(false);
    expect(isSameButForConfirmations(4, 5, [consent('cn', 4)])).toBe(false);
    expect(isSameButForConfirmations(6, 5, [])).toBe(false);
  });
});

describe('a change of a confirmed meeting', () => {
  const before = {
    status: 'confirmed',
    title: { zh: '会晤' },
    startsAt: '2026-06-10T01:00:00+00:00',
    venue: { zh: '黑河' },
    form: 'online',
    confirmations: [consent('cn'), consent('ru', 3)],
  };

  it('drops both consents and says whose and what for', () => {
    const settled = settledMeeting(before, { ...before, startsAt: '2026-06-11T01:00:00Z', form: 'hybrid' }, AT);
    expect(settled).toMatchObject({
      status: 'proposed',
      confirmations: [
        { side: 'cn', droppedAt: AT, droppedFor: ['time', 'form'] },
        { side: 'ru', droppedAt: AT, droppedFor: ['time', 'form'] },
      ],
    });
    expect(awaitedSides(settled.confirmations as Confirmation[], SIDES)).toEqual(['cn', 'ru']);
  });

  it('drops nothing where time, place and form stay, however they are written', () => {
    const same = { startsAt: '2026-06-10T09:00:00+08:00', venue: { zh: '黑河', ru: 'Хэйхэ' }, title: { zh: '改题' } };
    expect(changedTerms(before, { ...before, ...same })).toEqual([]);
    expect(settledMeeting(before, { ...before, ...same }, AT)).toMatchObject({ status: 'confirmed' });
    expect(changedTerms(before, { ...before, venue: { zh: '同江' } })).toEqual(['place']);
    expect(changedTerms(before, { ...before, venue: null })).toEqual(['place']);
  });

  it('never makes a meeting of another status than it was, or proposed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...MEETING_STATUSES), fc.constantFrom('online', 'hybrid'), (status, form) => {
        const settled = settledMeeting({ ...before, status }, { ...before, status, form }, AT);
        const falls = form !== before.form && (['proposed', 'confirmed'] as MeetingStatus[]).includes(status);
        expect(settled.status).toBe(falls ? 'proposed' : status);
      }),
    );
  });
});
