import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Config } from '../../infra/config/config.js';
import { CONFIG, LOGGER } from '../../infra/http/tokens.js';
import { metricsRefusal } from '../../infra/lifecycle/port.js';
import { OperatingGauges } from './operating-gauges.js';

const PATH = '/metrics';

/**
 * Serves the metrics of this process on a port of their own, for Prometheus and whoever reads its text format. It is
 * no part of the API: it has no accounts, so it listens on this machine unless another address is stated.
 */
@Injectable()
export class MetricsServer implements OnApplicationShutdown {
  private server: Server | undefined;

  constructor(
    private readonly registry: Registry,
    private readonly gauges: OperatingGauges,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Begins to listen, where a port is stated.
   * @throws Refusal that says what is in the way
   */
  async listen(): Promise<void> {
    const { metrics } = this.config;
    if (!metrics || this.server) return;
    collectDefaultMetrics({ register: this.registry });
    const server = createServer((request, response) => void this.answer(request, response));
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => reject(metricsRefusal(error, metrics)));
      server.listen(metrics.port, metrics.host, resolve);
    });
  }

  /** Where it listens; a test has the system choose the port. */
  get address(): ReturnType<Server['address']> {
    return this.server?.address() ?? null;
  }

  /** At the very end: how a stop goes on can be watched. */
  onApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (request.url?.split('?', 1)[0] !== PATH) return void response.writeHead(404).end();
    if (!isRead) return void response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    try {
      await this.gauges.look();
      const text = await this.registry.metrics();
      response.writeHead(200, { 'Content-Type': this.registry.contentType, 'Cache-Control': 'no-store' });
      response.end(request.method === 'HEAD' ? undefined : text);
    } catch (error) {
      this.logger.error({ err: error }, 'the metrics could not be told');
      response.writeHead(503).end();
    }
  }
}
