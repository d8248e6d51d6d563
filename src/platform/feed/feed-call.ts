import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import type { Logger } from 'pino';
import { Database } from '../../infra/database/database.js';
import { LOGGER } from '../../infra/http/tokens.js';
import { FEED_CHANNEL } from './feed.listener.js';

/** How long after a fault the connection is made anew, and how long making it may take. */
const RECONNECT_MS = 2_000;

/**
 * Hears the database call that the feed has grown. A hint only: while the connection is away, the clock of whoever
 * listens does the work.
 */
@Injectable()
export class FeedCall implements OnApplicationShutdown {
  private client: Client | undefined;
  private retryAt = 0;
  private heard: () => void = () => undefined;

  constructor(
    private readonly database: Database,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @param heard called for each call of the database */
  onCall(heard: () => void): void {
    this.heard = heard;
  }

  /** Begins to listen, unless it does already or a fault was just now. */
  listen(): void {
    if (!this.client && Date.now() >= this.retryAt) void this.connect();
  }

  /** Ends the connection until somebody wants to hear again. */
  rest(): void {
    const { client } = this;
    this.client = undefined;
    void client?.end().catch(() => undefined);
  }

  onApplicationShutdown(): void {
    this.rest();
  }

  private async connect(): Promise<void> {
    this.retryAt = Date.now() + RECONNECT_MS;
    const { url } = this.database.source.options as { url?: string };
    const client = new Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: RECONNECT_MS });
    this.client = client;
    const lose = (error?: Error) => {
      if (this.client !== client) return;
      this.client = undefined;
      if (error) this.logger.warn({ reason: error.message }, 'the feed is followed by the clock only');
    };
    client.on('error', lose);
    client.on('end', () => lose());
    client.on('notification', () => this.heard());
    try {
      await client.connect();
      await client.query(`listen ${FEED_CHANNEL}`);
    } catch (error) {
      lose(error as Error);
      await client.end().catch(() => undefined);
    }
  }
}
