import type { EntityManager } from 'typeorm';
import { SIDES, type Side } from '../../../kernel/actor.js';
import {
  ANSWER_DAYS,
  type Deadline,
  deadlineAfter,
  isInForce,
  RUNGS,
  type Rung,
  rungOf,
  type Step,
  stepsAbove,
  takesMatters,
} from '../../../kernel/matter-ladder.js';
import { type Party, type Place, wayUp } from '../../../kernel/matter-workflow.js';
import type { Calendars } from '../../../kernel/working-days.js';
import { type MatterFacts, originPlace, placeOf } from './matter-facts.js';

type Seat = Party & { role: string };

/** A mechanism with the organizations that have a seat in it. */
export type LadderStep = Step & { ownerId: string | null; ownerSide: Side | null; sides: string[]; seats: Seat[] };

/** Seats, and what the mechanism itself says of chairs and secretariats. */
const SEATS = `select seat.organization_id as id, seat.role from membership seat
    where seat.mechanism_id = m.id and seat.state = 'published' and (seat.until is null or seat.until >= $1::date)
  union select (chair->'organization'->>'id')::uuid, 'chair' from jsonb_array_elements(
    case jsonb_typeof(m.chairs) when 'array' then m.chairs else '[]' end) chair
  union select (office->'organization'->>'id')::uuid, 'secretariat' from jsonb_array_elements(
    case jsonb_typeof(m.secretariats) when 'array' then m.secretariats else '[]' end) office`;

const MECHANISMS = `select json_build_object('id', m.id, 'kind', m.kind, 'level', m.level, 'status', m.status,
    'escalatesTo', m.escalates_to_id, 'ownerId', m.owner_id, 'ownerSide', o.side, 'sides', coalesce(to_json(m.sides), '[]'),
    'seats', coalesce((select json_agg(json_build_object('id', seat.id, 'role', seat.role, 'side', body.side))
      from (${SEATS}) seat join organization body on body.id = seat.id), '[]')) as step
  from mechanism m left join organization o on o.id = m.owner_id where m.state = 'published'`;

const ACTING: ReadonlySet<string> = new Set(['chair', 'secretariat']);

/** Those who act for a side of a mechanism: chair and secretariat, or all its members where it has neither. */
const actingOf = (seats: readonly Seat[], side: Side): Seat[] => {
  const own = seats.filter((seat) => seat.side === side);
  const acting = own.filter(({ role }) => ACTING.has(role));
  return acting.length > 0 ? acting : own.filter(({ role }) => role !== 'observer');
};

/** The mechanisms that matters climb, and what follows from where a matter lies. */
export class Ladder {
  private constructor(
    private readonly mechanisms: ReadonlyMap<string, LadderStep>,
    private readonly calendars: Calendars,
    readonly today: string,
  ) {}

  static async read(manager: EntityManager, calendars: Calendars, today: string): Promise<Ladder> {
    const rows = (await manager.query(MECHANISMS, [today])) as { step: LadderStep }[];
    return new Ladder(new Map(rows.map(({ step }) => [step.id, step])), calendars, today);
  }

  mechanism(id: string | null): LadderStep | undefined {
    return id === null ? undefined : this.mechanisms.get(id);
  }

  /** Rung of a place: of its mechanism, or that of a single unit. */
  rung({ mechanism }: Place): Rung {
    const step = this.mechanism(mechanism);
    return step ? rungOf(step) : 'unit';
  }

  /** Mechanisms above a matter, the next first; `undefined` where nothing leads up from where it lies. */
  above(matter: MatterFacts): LadderStep[] | undefined {
    const way = [...wayUp(matter.moves), placeOf(matter)];
    const last = way.findLast(({ mechanism }) => mechanism !== null)?.mechanism ?? null;
    if (last !== null) return stepsAbove(last, this.mechanisms);
    const first = this.firstStep(matter);
    return first && [first, ...stepsAbove(first.id, this.mechanisms)];
  }

  /** The organizations that may act where a matter lies. */
  holders(matter: MatterFacts): Party[] {
    const { organization, mechanism } = placeOf(matter);
    const named = [matter.addressee, matter.origin].filter((party) => party !== null && party.id === organization);
    return [...(named as Party[]).slice(0, 1), ...this.actors(mechanism)];
  }

  /** The organizations that act for a mechanism on each side. */
  actors(mechanism: string | null): Party[] {
    const step = this.mechanism(mechanism);
    if (!step) return [];
    const seated = SIDES.flatMap((side) => actingOf(step.seats, side));
    return seated.length > 0 || step.ownerId === null ? seated : [{ id: step.ownerId, side: step.ownerSide }];
  }

  /** The day by which a place answers. */
  deadline(place: Place, side: Side | null, stated?: string | null): Deadline {
    if (stated) return { on: stated, basis: 'stated' };
    const step = this.mechanism(place.mechanism);
    const sides = step ? SIDES.filter((one) => step.sides.includes(one)) : side ? [side] : [];
    return deadlineAfter(this.today, ANSWER_DAYS[this.rung(place)], sides, this.calendars);
  }

  /** The mechanism by which a matter enters the ladder: one that it is about, or the lowest in which its origin sits. */
  private firstStep({ mechanisms, seats }: MatterFacts): LadderStep | undefined {
    const known = (ids: readonly string[]) => ids.flatMap((id) => this.mechanisms.get(id) ?? []);
    const about = known(mechanisms).filter(({ kind }) => takesMatters(kind));
    if (about.length > 0) return about[0];
    const rank = (step: LadderStep) => (isInForce(step) ? 0 : RUNGS.length) + RUNGS.indexOf(rungOf(step));
    return known(seats)
      .filter(({ kind }) => takesMatters(kind))
      .sort((one, other) => rank(one) - rank(other))[0];
  }
}

/** Everything of a matter's way: its places from origin to here, as they stand even before its first step. */
export const wayOf = (matter: MatterFacts): Place[] =>
  matter.moves.length > 0
    ? wayUp(matter.moves)
    : wayUp([{ kind: 'raised', from: originPlace(matter), to: placeOf(matter) }]);
