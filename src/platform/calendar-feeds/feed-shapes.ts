import type { LanguageChoice } from '../../kernel/languages.js';
import { Code, Ref, Text } from '../../resource/fields.js';
import type { Reference } from '../../resource/values.js';
import { CalendarFeed } from './calendar-feed.entity.js';

/** Body of `POST /me/calendar-feeds`. */
export class NewCalendarFeed {
  @Ref('mechanism')
  mechanism: Reference | null;

  @Code('languageChoice', { required: true })
  language: LanguageChoice;
}

/** A feed that has just been made; its address is told this once. */
export class IssuedCalendarFeed extends CalendarFeed {
  @Text({ required: true, readOnly: true, secret: true, max: 300 })
  url: string;
}
