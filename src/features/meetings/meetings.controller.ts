import { Controller } from '@nestjs/common';
import { Asked, Id } from '../../infra/http/route.js';
import type { Ask } from '../../kernel/exchange.js';
import {
  CreateRoute,
  GetRoute,
  HistoryRoute,
  ListRoute,
  PublishRoute,
  UpdateRoute,
  WithdrawRoute,
} from '../../resource/routes.js';
import type { Store } from '../../resource/store.js';
import { Stores } from '../../resource/stores.js';
import { meetingSpec } from './meeting.resource.js';
import { MeetingRules } from './workflow/meeting-rules.js';

@Controller('meetings')
export class MeetingsController {
  private readonly meetings: Store;

  constructor(stores: Stores, rules: MeetingRules) {
    this.meetings = stores.of(meetingSpec, rules);
  }

  @ListRoute(meetingSpec)
  list(@Asked() ask: Ask) {
    return this.meetings.list(ask);
  }

  @GetRoute(meetingSpec)
  get(@Asked() ask: Ask, @Id() id: string) {
    return this.meetings.get(ask, id);
  }

  @HistoryRoute(meetingSpec)
  history(@Asked() ask: Ask, @Id() id: string) {
    return this.meetings.history(ask, id);
  }

  @CreateRoute(meetingSpec)
  create(@Asked() ask: Ask) {
    return this.meetings.create(ask);
  }

  @UpdateRoute(meetingSpec)
  update(@Asked() ask: Ask, @Id() id: string) {
    return this.meetings.update(ask, id);
  }

  @PublishRoute(meetingSpec)
  publish(@Asked() ask: Ask, @Id() id: string) {
    return this.meetings.publish(ask, id);
  }

  @WithdrawRoute(meetingSpec)
  withdraw(@Asked() ask: Ask, @Id() id: string) {
    return this.meetings.withdraw(ask, id);
  }
}
