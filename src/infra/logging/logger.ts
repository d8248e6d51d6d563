import { type DestinationStream, type Logger, pino } from 'pino';
import type { Config } from '../config/config.js';
import { logContext } from './log-context.js';
import { redact } from './redact.js';

/** Lines are written together, once they make up so many bytes or so many milliseconds have passed. */
const PIECE = 4_096;
const LATEST_MS = 200;

let millisecond = 0;
let itsText = '';

/** The member `time` of a line, in UTC (ISO 8601). Lines of one millisecond share its text. */
const timeOfLine = (): string => {
  const now = Date.now();
  if (now !== millisecond) {
    millisecond = now;
    itsText = `,"time":"${new Date(now).toISOString()}"`;
  }
  return itsText;
};

/**
 * The log of the process: one JSON object a line on standard output, whatever a request put into its members, and
 * without secrets (hardening G103). Every line says from which request and job it comes (`log-context.ts`).
 * @param destination where to write instead, for tests
 */
export const createLogger = ({ logLevel }: Pick<Config, 'logLevel'>, destination?: DestinationStream): Logger => {
  const options = {
    level: logLevel,
    timestamp: timeOfLine,
    mixin: logContext,
    formatters: {
      level: (level: string) => ({ level }),
      log: (members: object) => redact(members) as Record<string, unknown>,
    },
    // Errors are described by `redact`: the serializer of pino would add members of their own.
    serializers: { err: (error: unknown) => error },
  };
  return pino(options, destination ?? pino.destination({ sync: false, minLength: PIECE, periodicFlush: LATEST_MS }));
};
