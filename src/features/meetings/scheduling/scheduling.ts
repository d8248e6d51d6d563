import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { SIDES } from '../../../kernel/actor.js';
import { daysBetween, localTimeOf } from '../../../kernel/civil-dates.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import {
  type Bank,
  dayObstacles,
  type Engagement,
  engagementObstacles,
  obstaclesTo,
  proposeSlots,
} from '../../../kernel/meeting-times.js';
import { invalid, problem } from '../../../kernel/problems.js';
import { type Calendars, calendarKey } from '../../../kernel/working-days.js';
import { WorkingCalendars } from '../../../platform/calendars/working-calendars.js';
import { type Body, validateShape } from '../../../resource/body.js';
import { jsonReply } from '../../../resource/reply.js';
import { readContext, scopeOf } from '../../../resource/scope.js';
import { resourceOf } from '../../../resource/spec.js';
import { Stores } from '../../../resource/stores.js';
import { CHINESE_ZONE, organizationsOfMechanism, russianZones } from '../side-zones.js';
import { type ClosedCheckpoint, ClosedCheckpoints, closedDuring, daysOf } from './closed-checkpoints.js';
import { EngagementFinder, type Engagements, type MeetingTime, meetingTimeSql, stretchOf } from './engagements.js';
import { type Conflict, ObstacleWords } from './obstacle-words.js';
import { SlotRequest } from './scheduling-answers.js';

/** Proposals where nobody says how many. */
const USUAL_COUNT = 3;

/** Longest stretch of days that is searched. */
const MOST_DAYS = 184;

type Participants = { sides: string[] | null; zones: string[]; organizations: string[] };

type ScheduledMeeting = Participants & MeetingTime & { form: string | null };

/** Finds common times for meetings, and what speaks against the time of one. */
@Injectable()
export class Scheduling {
  constructor(
    private readonly database: Database,
    private readonly stores: Stores,
    private readonly calendars: WorkingCalendars,
    private readonly finder: EngagementFinder,
    private readonly checkpoints: ClosedCheckpoints,
    private readonly words: ObstacleWords,
  ) {}

  /**
   * The next times that suit both banks.
   * @throws `request.invalid`, `resource.not-found`, `scheduling.calendar-unknown`, `scheduling.time-zone-unknown`
   */
  async slots(ask: Ask, mechanism: string): Promise<Reply> {
    const { from, to, durationMinutes, count } = wishOf(ask.body);
    await this.stores.of(resourceOf('mechanism')).mustSee(ask, mechanism);
    const participants = await this.participants(ask, mechanism);
    const banks = banksOf(participants);
    for (const { side, zones } of banks)
      if (zones.length === 0) throw problem('scheduling.time-zone-unknown', { values: { side } });
    mustKnowYears(this.calendars.all, banks, from, to);
    const { engagements, names } = await this.finder.find(ask, participants.organizations, from, to);
    const closed = await this.checkpoints.between(ask, participants, from, to);
    const circumstances = { calendars: this.calendars.all, banks, engagements };
    const wish = { from, to, minutes: durationMinutes, count: count ?? USUAL_COUNT };
    const { slots, passedOver } = proposeSlots(wish, circumstances);
    const answer = {
      slots: slots.map((slot) => this.words.slot(slot, circumstances, closedDuring(slot, closed), ask.choice)),
      passedOver: passedOver.map(({ date, obstacles }) => ({
        date,
        obstacles: obstacles.map((one) => this.words.obstacle(one, names, ask.choice)),
      })),
    };
    return jsonReply(JSON.stringify(answer), ask.choice);
  }

  /**
   * What speaks against the time of a meeting; nothing where it suits.
   * @throws `resource.not-found`
   */
  async conflicts(ask: Ask, id: string): Promise<Reply> {
    await this.stores.of(resourceOf('meeting')).mustSee(ask, id);
    return jsonReply(JSON.stringify({ items: await this.obstacles(ask, id) }), ask.choice);
  }

  /** The same as members of an answer, for a meeting that the asker is known to see. */
  async obstacles(ask: Ask, id: string): Promise<object[]> {
    const meeting = await this.scheduled(ask, id);
    const { engagements, names } = await this.around(ask, id, meeting);
    const found = [
      ...obstaclesOf(meeting, engagements, this.calendars.all),
      ...(await this.closedOnTheWay(ask, meeting)),
    ];
    return found.map((one) => this.words.obstacle(one, names, ask.choice));
  }

  /** Other meetings of a meeting's organizations on its days. */
  private async around(ask: Ask, id: string, meeting: ScheduledMeeting): Promise<Engagements> {
    const stretch = stretchOf(meeting);
    if (!stretch) return { engagements: [], names: new Map() };
    const [from, to] = [stretch.start, stretch.end].map((instant) => localTimeOf(instant, 'UTC').date);
    return this.finder.find(ask, meeting.organizations, from!, to!, id);
  }

  /** Checkpoints that are closed while people of both banks have to travel to a meeting. */
  private async closedOnTheWay(ask: Ask, meeting: ScheduledMeeting): Promise<ClosedCheckpoint[]> {
    const stretch = stretchOf(meeting);
    if (!stretch || meeting.form === 'online') return [];
    const { from, to } = daysOf(stretch);
    return this.checkpoints.between(ask, meeting, from, to);
  }

  /** Sides, Russian zones and organizations of a mechanism. */
  private participants(ask: Ask, mechanism: string): Promise<Participants> {
    const { read, n } = reading(ask);
    const text = `select json_build_object('sides', m.sides, 'zones', ${russianZones(read, 'm.id', 'null::uuid')},
        'organizations', array(${organizationsOfMechanism(read, 'm.id')}))::text
      from mechanism m where m.id = $${n + 1}::uuid and ${read.scope('m', 'mechanism')}`;
    return this.one<Participants>(ask, text, mechanism);
  }

  private scheduled(ask: Ask, id: string): Promise<ScheduledMeeting> {
    const { read, n } = reading(ask);
    const text = `select json_build_object(
        'sides', (select held_by.sides from mechanism held_by
          where held_by.id = m.mechanism_id and ${read.scope('held_by', 'mechanism')}),
        'zones', ${russianZones(read, 'm.mechanism_id', 'm.host_organization_id')}, ${meetingTimeSql('m')}, 'form', m.form,
        'organizations', array(${organizationsOfMechanism(read, 'm.mechanism_id')} union
          select m.host_organization_id where m.host_organization_id is not null))::text
      from meeting m where m.id = $${n + 1}::uuid and ${read.scope('m', 'meeting')}`;
    return this.one<ScheduledMeeting>(ask, text, id);
  }

  private async one<Result>(ask: Ask, text: string, id: string): Promise<Result> {
    const [row] = await this.database.rows({ text, values: [...scopeOf(ask.actor).parameters, id] });
    if (!row) throw problem('resource.not-found');
    return JSON.parse(row[0]!) as Result;
  }
}

const reading = (ask: Ask) => {
  const scope = scopeOf(ask.actor);
  return { read: readContext(scope, ask.choice, ask.fallback), n: scope.parameters.length };
};

/** What speaks against the time of a meeting, as far as the time is known: hours and days, or days alone. */
const obstaclesOf = (meeting: ScheduledMeeting, engagements: Engagement[], calendars: Calendars): Conflict[] => {
  const stretch = stretchOf(meeting);
  if (!stretch) return [{ code: 'day-not-set' }];
  const { startsAt, endsAt, heldOn } = meeting;
  const busy = engagementObstacles(stretch, engagements);
  const banks = banksOf(meeting);
  if (startsAt === null) return [...banks.flatMap(({ side }) => dayObstacles(heldOn!, side, calendars)), ...busy];
  const unknown = banks.filter(({ zones }) => zones.length === 0);
  // Nobody knows when a meeting without an end is over: its hours are those of its beginning.
  const hours = { start: startsAt, end: endsAt ?? startsAt };
  return [
    ...unknown.map(({ side }): Conflict => ({ code: 'time-zone-unknown', side })),
    ...obstaclesTo(hours, { calendars, banks, engagements: [] }),
    ...busy,
  ];
};

const wishOf = (body: unknown): SlotRequest => {
  const faults = validateShape(SlotRequest, body as Body);
  if (faults.length > 0) throw invalid(faults);
  const wish = body as SlotRequest;
  if (wish.from > wish.to) throw invalid([{ pointer: '/to', code: 'order-of-dates' }]);
  if (daysBetween(wish.from, wish.to) >= MOST_DAYS)
    throw invalid([{ pointer: '/to', code: 'too-large', values: { max: MOST_DAYS } }]);
  return wish;
};

/** The banks that take part; both where a mechanism does not say which. */
const banksOf = ({ sides, zones }: Participants): Bank[] => {
  const stated = SIDES.filter((side) => sides?.includes(side));
  return (stated.length > 0 ? stated : SIDES).map((side) => ({ side, zones: side === 'cn' ? [CHINESE_ZONE] : zones }));
};

/** Slots in a year whose decree is not there would be guesses. */
const mustKnowYears = (calendars: Calendars, banks: readonly Bank[], from: string, to: string): void => {
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    const unknown = banks.find(({ side }) => !calendars.has(calendarKey(side, year)));
    if (unknown) throw problem('scheduling.calendar-unknown', { values: { year, side: unknown.side } });
  }
};
