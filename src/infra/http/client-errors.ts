import { randomUUID } from 'node:crypto';
import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ProblemCode, problem } from '../../kernel/problems.js';
import type { Texts } from '../i18n/texts.js';
import { type ProblemAnswer, reasonOf, writeProblem } from './problem-writer.js';

/** What Node refuses before there is a request, by the code of its error; anything else was no HTTP. */
const BY_ERROR: Record<string, ProblemCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request.timeout',
  HPE_HEADER_OVERFLOW: 'request.headers-too-large',
};

/**
 * Answers what is no request, or not yet, as a problem in both languages: no header was read that could say in which.
 * Without this Node would answer with a status alone.
 */
export const answerClientErrors = (server: Server, texts: Texts): void => {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex & { _httpMessage?: ServerResponse }) => {
    // An answer that is on its way must not be continued with another one.
    if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent) {
      socket.destroy();
      return;
    }
    const fault = problem(BY_ERROR[error.code ?? ''] ?? 'request.malformed');
    socket.end(onTheWire(writeProblem(texts, fault, 'all', randomUUID())), () => socket.destroy());
  });
};

const onTheWire = ({ status, headers, body }: ProblemAnswer): string => {
  const all = { ...headers, 'Content-Length': Buffer.byteLength(body), Connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${reasonOf(status)}\r\n${lines.join('')}\r\n${body}`;
};
