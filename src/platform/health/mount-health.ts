import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { chooseLanguage } from '../../infra/http/negotiation.js';
import { writeProblem } from '../../infra/http/problem-writer.js';
import type { PortalRequest } from '../../infra/http/route.js';
import { LocaleWatch } from '../../infra/i18n/locale-watch.js';
import { Texts } from '../../infra/i18n/texts.js';
import { problem } from '../../kernel/problems.js';
import { type NotReady, Readiness } from './readiness.js';

const LIVE = '/health/live';
const READY = '/health/ready';

/** Paths of `mountHealth`, for the method guard. */
export const HEALTH_PATHS = [LIVE, READY];

/** What does not keep the portal from serving and yet wants somebody's attention. */
type Warning = { code: 'locales.refused'; faults: { file: string; key: string; code: string }[] };

const MOST_FAULTS_TOLD = 10;

const warningsOf = (watch: LocaleWatch): Warning[] => {
  const faults = watch.faults().slice(0, MOST_FAULTS_TOLD);
  if (faults.length === 0) return [];
  const told = faults.map(({ language, file, key, code }) => ({ file: `${language}/${file}`, key, code }));
  return [{ code: 'locales.refused', faults: told }];
};

/**
 * Liveness and readiness at the root of the main port, outside the API and its guard: whoever watches the portal
 * has no account. Liveness says that the process answers and asks nothing else.
 */
export const mountHealth = (app: NestExpressApplication): void => {
  const server = app.getHttpAdapter().getInstance();
  const texts = app.get(Texts);
  const readiness = app.get(Readiness);
  const watch = app.get(LocaleWatch);
  server.get(LIVE, (_: Request, response: Response) => answer(response, { status: 'live' }));
  server.get(READY, async (request: Request, response: Response) => {
    const reasons = await readiness.reasons();
    const warnings = warningsOf(watch);
    if (reasons.length > 0) refuse(texts, reasons, request, response);
    else answer(response, { status: 'ready', ...(warnings.length > 0 && { warnings }) });
  });
};

const answer = (response: Response, body: object): void => {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
};

/** A problem with the reasons as codes, for those who watch, in the words of whoever asks. */
const refuse = (texts: Texts, reasons: NotReady[], request: PortalRequest, response: Response): void => {
  const fault = problem('server.unavailable', { headers: { 'Retry-After': '1' }, extensions: { reasons } });
  const choice = chooseLanguage(undefined, undefined, request.headers['accept-language']) ?? 'all';
  const { status, headers, body } = writeProblem(texts, fault, choice, request.requestId ?? '');
  response.status(status);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
};
