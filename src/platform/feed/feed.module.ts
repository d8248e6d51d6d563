import { Module } from '@nestjs/common';
import { FeedController } from './feed.controller.js';
import { Feed } from './feed.js';
import { FeedCall } from './feed-call.js';
import { FeedEntries } from './feed-entries.js';
import { FeedStreams } from './feed-streams.js';
import { FeedWindow } from './feed-window.js';

@Module({ controllers: [FeedController], providers: [Feed, FeedCall, FeedEntries, FeedStreams, FeedWindow] })
export class FeedModule {}
