import { Injectable } from '@nestjs/common';
import { languagesOf } from '../../../infra/http/negotiation.js';
import { Texts } from '../../../infra/i18n/texts.js';
import type { Side } from '../../../kernel/actor.js';
import { localTimeOf } from '../../../kernel/civil-dates.js';
import type { LanguageChoice, LanguageMap } from '../../../kernel/languages.js';
import {
  type Bank,
  type Circumstances,
  LONGEST_WITHOUT_LUNCH_MINUTES,
  type Obstacle,
  type Stretch,
} from '../../../kernel/meeting-times.js';
import { workingDayOf } from '../../../kernel/working-days.js';
import type { ClosedCheckpoint } from './closed-checkpoints.js';
import type { Named } from './engagements.js';

/** What an obstacle is in an answer; members that do not concern it are null. */
const EMPTY = {
  ...{ side: null, date: null, timeZone: null, dayStatus: null, name: null, source: null },
  ...{ organization: null, meeting: null, facility: null, until: null },
};

/** Something that speaks against a time, or that keeps it from being judged. */
export type Conflict = Obstacle | ClosedCheckpoint | { code: 'time-zone-unknown' | 'day-not-set'; side?: Side };

type Names = ReadonlyMap<string, Named>;

/** Puts reasons for and against a time into answers, with the code in words of the asked languages. */
@Injectable()
export class ObstacleWords {
  constructor(private readonly texts: Texts) {}

  /** One obstacle as `MeetingObstacle`. */
  obstacle(obstacle: Conflict, names: Names, choice: LanguageChoice): object {
    const said = { code: obstacle.code, label: this.label('meetingObstacle', obstacle.code, choice), ...EMPTY };
    if ('day' in obstacle) {
      const { date, status, name, source } = obstacle.day;
      const texts = { name: inLanguages(name, choice), source: inLanguages(source, choice) };
      return { ...said, side: obstacle.side, date, dayStatus: status, ...texts };
    }
    if ('organization' in obstacle) {
      const { organization, meeting } = obstacle;
      return { ...said, organization: names.get(organization) ?? null, meeting: names.get(meeting) ?? null };
    }
    return { ...said, ...obstacle };
  }

  /** One proposed time as `MeetingSlot`. */
  slot(
    slot: Stretch,
    circumstances: Circumstances,
    closed: readonly ClosedCheckpoint[],
    choice: LanguageChoice,
  ): object {
    const reason = (code: string, side: string | null = null) => ({
      code,
      label: this.label('slotReason', code, choice),
      side,
    });
    const { banks, calendars } = circumstances;
    const days = banks.map(({ side, zones }) => {
      const { status } = workingDayOf(calendars, side, localTimeOf(slot.start, zones[0]!).date);
      return reason(status === 'make-up' ? 'make-up-day' : 'working-day', side);
    });
    const isShort = slot.end - slot.start <= LONGEST_WITHOUT_LUNCH_MINUTES * 60_000;
    return {
      startsAt: new Date(slot.start).toISOString(),
      endsAt: new Date(slot.end).toISOString(),
      local: banks.flatMap((bank) => localSpans(slot, bank)),
      reasons: [
        ...days,
        reason('within-working-hours'),
        ...(isShort ? [reason('outside-lunch')] : []),
        reason('nobody-busy'),
      ],
      warnings: closed.map((one) => this.obstacle(one, new Map(), choice)),
    };
  }

  private label(vocabulary: string, code: string, choice: LanguageChoice): LanguageMap {
    return Object.fromEntries(
      languagesOf(choice).map((language) => [
        language,
        this.texts.t(language, `vocabularies:${vocabulary}.codes.${code}`),
      ]),
    );
  }
}

const localSpans = ({ start, end }: Stretch, { side, zones }: Bank): object[] =>
  zones.map((timeZone) => {
    const { date, time, offset } = localTimeOf(start, timeZone);
    return { side, timeZone, date, from: time, to: localTimeOf(end, timeZone).time, offset };
  });

const inLanguages = (text: LanguageMap | null, choice: LanguageChoice): LanguageMap | null =>
  text && Object.fromEntries(languagesOf(choice).map((language) => [language, text[language]]));
