import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AccountActor } from './actor.js';
import {
  isSamePlace,
  MATTER_ACTIONS,
  MATTER_STATUSES,
  type Move,
  mayAct,
  mayBecome,
  mayHappen,
  mayReach,
  type Place,
  PROPOSAL_STAGES,
  REMOVALS,
  STAGE_STATUS,
  wayDown,
  wayUp,
} from './matter-workflow.js';

const KINDS = ['issue', 'obstacle', 'agenda-proposal', 'policy-request', 'suggestion', 'supervision-order'];
const at = (organization: string | null, mechanism: string | null = null): Place => ({ organization, mechanism });
const actor = (side: 'cn' | 'ru', organizationId: string, role: 'official' | 'coordinator'): AccountActor => ({
  kind: 'account',
  id: 'somebody',
  roles: [role],
  translatesInto: [],
  side,
  organizationId,
});

describe('what may happen', () => {
  it('is nothing with a matter that is closed or withdrawn', () => {
    for (const action of MATTER_ACTIONS)
      for (const kind of KINDS)
        for (const status of ['closed', 'withdrawn'] as const) expect(mayHappen(action, kind, status)).toBe(false);
  });

  it('leaves no live matter without a way on', () => {
    for (const status of MATTER_STATUSES) {
      if (status === 'closed' || status === 'withdrawn') continue;
      expect(MATTER_ACTIONS.some((action) => mayHappen(action, 'issue', status))).toBe(true);
    }
  });

  it('depends on the kind', () => {
    expect(mayHappen('triage', 'suggestion', 'open')).toBe(true);
    expect(mayHappen('triage', 'issue', 'open')).toBe(false);
    expect(mayHappen('remove', 'obstacle', 'answered')).toBe(true);
    expect(mayHappen('remove', 'issue', 'answered')).toBe(false);
    expect(mayHappen('propose', 'agenda-proposal', 'open')).toBe(true);
    expect(mayHappen('propose', 'issue', 'open')).toBe(false);
  });
});

describe('a proposal to a body outside', () => {
  it('goes proposed → accepted → discussed → outcome, and no stage can be skipped', () => {
    const stages = ['proposed', 'accepted', 'discussed', 'concluded'] as const;
    let status = 'open';
    for (const [n, stage] of stages.entries()) {
      const reachable = PROPOSAL_STAGES.filter((one) => mayReach(one, status, n > 0) && one !== 'declined');
      expect(reachable).toEqual([stage]);
      status = STAGE_STATUS[stage];
    }
    expect(status).toBe('answered');
  });

  it('is not accepted by the body because a unit has taken it on', () => {
    expect(mayReach('discussed', 'accepted', false)).toBe(false);
    expect(mayReach('discussed', 'accepted', true)).toBe(true);
  });
});

describe('the removal of an obstacle', () => {
  it('goes forwards, and is taken up again from the beginning only', () => {
    const possible = REMOVALS.flatMap((from) => REMOVALS.filter((to) => mayBecome(from, to)).map((to) => [from, to]));
    expect(possible).toEqual([
      ['open', 'being-removed'],
      ['open', 'removed'],
      ['being-removed', 'open'],
      ['being-removed', 'removed'],
      ['removed', 'open'],
    ]);
    expect(mayBecome(null, 'being-removed')).toBe(true);
  });
});

describe('who acts', () => {
  const parties = {
    holders: [{ id: 'unit-ru', side: 'ru' as const }],
    origin: [{ id: 'unit-cn', side: 'cn' as const }],
  };

  it('D64 is never the other side', () => {
    const all = fc.constantFrom(...MATTER_ACTIONS);
    const who = fc.record({
      side: fc.constantFrom('cn' as const, 'ru' as const),
      role: fc.constantFrom('official' as const, 'coordinator' as const),
    });
    fc.assert(
      fc.property(all, who, fc.constantFrom(...MATTER_STATUSES), (action, { side, role }, status) => {
        const may = mayAct(actor(side, `unit-${side}`, role), action, status, parties);
        const byOrigin =
          ['close', 'recall', 'propose'].includes(action) || (action === 'return' && status === 'answered');
        if (action === 'remove') expect(may).toBe(true);
        else expect(may).toBe(side === (byOrigin ? 'cn' : 'ru'));
      }),
    );
  });

  it('is not another organization of the side, but its coordinator', () => {
    expect(mayAct(actor('ru', 'other-ru', 'official'), 'answer', 'referred', parties)).toBe(false);
    expect(mayAct(actor('ru', 'other-ru', 'coordinator'), 'answer', 'referred', parties)).toBe(true);
    expect(mayAct({ kind: 'anonymous' }, 'answer', 'referred', parties)).toBe(false);
  });
});

describe('the way of an answer', () => {
  const places = fc.constantFrom(at('a'), at('b'), at(null, 'm'), at(null, 'n'), at('c'));
  const moves = fc
    .array(fc.record({ kind: fc.constantFrom('referred', 'escalated', 'returned', 'answered'), to: places }), {
      maxLength: 12,
    })
    .map((list): Move[] => [
      { kind: 'raised', from: at('a'), to: at('b') },
      ...list.map(({ kind, to }) => ({ kind, from: at(null), to })),
    ]);

  it('goes back through every place of the way up, to where it began', () => {
    fc.assert(
      fc.property(moves, (chain) => {
        const way = wayUp(chain);
        const down = wayDown(way);
        expect(way[0]).toEqual(at('a'));
        expect(down).toHaveLength(way.length - 1);
        expect(down.map(({ to }) => to)).toEqual(way.slice(0, -1).reverse());
        for (const [n, place] of way.entries()) expect(way.findIndex((other) => isSamePlace(other, place))).toBe(n);
      }),
    );
  });

  it('leaves out who returned the matter', () => {
    const chain: Move[] = [
      { kind: 'raised', from: at('a'), to: at('a') },
      { kind: 'escalated', from: at('a'), to: at(null, 'office') },
      { kind: 'referred', from: at(null, 'office'), to: at('ru') },
      { kind: 'returned', from: at('ru'), to: at(null, 'office') },
    ];
    expect(wayUp(chain)).toEqual([at('a'), at(null, 'office')]);
  });
});
