import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import type { LanguageChoice } from '../../kernel/languages.js';
import { Problem, type ProblemCode, problem } from '../../kernel/problems.js';
import { databaseProblem } from '../database/pg-problems.js';
import { Texts } from '../i18n/texts.js';
import { drain } from './drain.js';
import { chooseLanguage } from './negotiation.js';
import { type ProblemAnswer, writeProblem } from './problem-writer.js';
import { type Refusal, RefusalObserver } from './refusals.js';
import type { PortalRequest } from './route.js';
import { LOGGER } from './tokens.js';

/** Renders every fault as a localized RFC 9457 problem; what nobody foresaw is logged and told as `server.error`. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly texts: Texts,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly observer: RefusalObserver,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<PortalRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    this.answer(error, request, response);
  }

  answer(error: unknown, request: PortalRequest, response: Response): void {
    const fault = toProblem(error);
    this.log(fault, error, request.requestId ?? '');
    void Promise.all([this.tell(fault, request), drain(request)]).then(() => this.send(fault, request, response));
  }

  /** Refusals of writes are remembered before they are told; that it cannot be remembered makes none of them a fault. */
  private async tell(fault: Problem, request: PortalRequest): Promise<void> {
    const refusal = refusalOf(fault, request);
    if (!refusal) return;
    try {
      await this.observer.refused(refusal);
    } catch (error) {
      this.logger.error({ err: error, requestId: request.requestId }, 'a refusal was not recorded');
    }
  }

  /** What nobody foresaw is an error; a database that is away or overrun is told without the stack of each request. */
  private log(fault: Problem, error: unknown, requestId: string): void {
    if (fault.status < 500) return;
    const { code } = fault;
    const cause = fault.options.cause ?? (fault === error ? undefined : error);
    if (code === 'server.error') this.logger.error({ err: cause ?? error, requestId, code }, 'request failed');
    else this.logger.warn({ requestId, code, reason: (cause as Error | undefined)?.message }, 'request refused');
  }

  private send(fault: Problem, request: PortalRequest, response: Response): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const answer = this.write(fault, problemLanguage(request), request.requestId ?? '');
    // A body that was not read to its end would be taken for the next request on this connection.
    if (!request.complete) response.setHeader('Connection', 'close');
    response.status(answer.status);
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  }

  /** A problem whose text is missing is told without one rather than not at all. */
  private write(fault: Problem, choice: LanguageChoice, requestId: string): ProblemAnswer {
    try {
      return writeProblem(this.texts, fault, choice, requestId);
    } catch (error) {
      this.logger.error({ err: error, requestId, code: fault.code }, 'a problem has no text');
      const body = JSON.stringify({ type: 'about:blank', status: fault.status, code: fault.code, requestId });
      return { status: fault.status, body, headers: { 'Content-Type': 'application/problem+json; charset=utf-8' } };
    }
  }
}

/** Statuses that say that somebody asked for what is not theirs: forbidden, or unseen. */
const REFUSED: ReadonlySet<number> = new Set([403, 404]);

const refusalOf = (fault: Problem, { ask, declared, method, params }: PortalRequest): Refusal | undefined => {
  if (!ask || !declared || method === 'GET' || method === 'HEAD') return undefined;
  if (ask.actor.kind === 'anonymous' || !REFUSED.has(fault.status)) return undefined;
  const { permission, resource } = declared;
  const { id } = params as { id?: string };
  return { ask, permission, code: fault.code, ...(resource && { resource }), ...(id && { objectId: id }) };
};

/** A problem for anything that was thrown. */
const toProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  const fromDatabase = databaseProblem(error);
  if (fromDatabase) return fromDatabase;
  const status = error instanceof HttpException ? error.getStatus() : (error as { status?: unknown } | null)?.status;
  const known = typeof status === 'number' ? BY_STATUS[status] : undefined;
  return known ? problem(known) : problem('server.error', { cause: error });
};

/** What Express and Nest refuse by themselves. */
const BY_STATUS: Record<number, ProblemCode> = {
  400: 'request.malformed',
  403: 'auth.forbidden',
  404: 'route.not-found',
  405: 'route.method-not-allowed',
};

/** The language of an error is found even where the request could not be understood. */
const problemLanguage = (request: PortalRequest): LanguageChoice => {
  if (request.ask) return request.ask.choice;
  const lang = /[?&]lang=(zh|ru|all)(?:&|$)/.exec(request.url)?.[1];
  return chooseLanguage(lang, undefined, request.headers['accept-language']) ?? 'all';
};
