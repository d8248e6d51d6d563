import { Controller, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Asked, Route } from '../../infra/http/route.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { Feed } from './feed.js';
import { FeedStreams } from './feed-streams.js';

/** What has changed since a reader last looked. */
@Controller('changes')
export class FeedController {
  constructor(
    private readonly feed: Feed,
    private readonly streams: FeedStreams,
  ) {}

  @Route({
    method: 'get',
    path: '',
    permission: 'public: each reader is told of what that reader may see',
    open: true,
    operation: 'changes',
    parameters: ['after', 'resource', 'limit'],
    answer: { schema: 'ChangeList' },
    status: 200,
  })
  list(@Asked() ask: Ask): Promise<Reply> {
    return this.feed.page(ask);
  }

  @Route({
    method: 'get',
    path: 'stream',
    permission: 'public: each reader is told of what that reader may see',
    open: true,
    operation: 'changeStream',
    parameters: ['after', 'resource'],
    answer: 'stream',
    status: 200,
  })
  stream(@Asked() ask: Ask, @Res() response: Response): Promise<void> {
    return this.streams.open(ask, response);
  }
}
