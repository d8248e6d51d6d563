import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createLogger } from './logger.js';
import { logRequests } from './request-log.js';

/** A logger with the lines it has written. */
const recorder = (logLevel: 'info' | 'warn' = 'info') => {
  const lines: string[] = [];
  return { lines, logger: createLogger({ logLevel }, { write: (line) => void lines.push(line) }) };
};

const only = (lines: string[]): Record<string, unknown> => {
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0]!) as Record<string, unknown>;
};

describe('the log', () => {
  it('G103 writes one line of JSON, whatever stands in its members', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (path, reason) => {
        const { lines, logger } = recorder();
        logger.info({ path: `${path}\n{"level":"error"}\r\n\u2028${reason}` }, 'request finished');
        expect(lines[0]!.indexOf('\n')).toBe(lines[0]!.length - 1);
        expect(only(lines)).toMatchObject({ level: 'info', msg: 'request finished' });
      }),
    );
  });

  it('G103 leaves out secrets and tells errors without their data', () => {
    const { lines, logger } = recorder();
    const err = Object.assign(new Error('failed'), { query: 'select 1', headers: { authorization: 'Bearer x' } });
    logger.error({ err, headers: { Cookie: 'session=x' } }, 'request failed');
    expect(only(lines)).toMatchObject({ err: { type: 'Error', message: 'failed' }, headers: { Cookie: '[redacted]' } });
    expect(lines[0]).not.toMatch(/select 1|Bearer|session=/);
  });

  it('keeps to its level', () => {
    const { lines, logger } = recorder('warn');
    logger.info('unheard');
    logger.warn('heard');
    expect(only(lines)).toMatchObject({ level: 'warn', msg: 'heard' });
  });
});

describe('the log of requests', () => {
  const finish = (request: object, response: object): Record<string, unknown> => {
    const { lines, logger } = recorder();
    const answer = Object.assign(new EventEmitter(), { statusCode: 200, writableFinished: true, ...response });
    let passed = false;
    logRequests(logger)(request as never, answer as never, () => {
      passed = true;
    });
    expect([passed, lines.length]).toEqual([true, 0]);
    answer.emit('close');
    return only(lines);
  };

  it('has the id of the answer, and neither the query nor anything else a request could hide a key in', () => {
    const originalUrl = '/api/v1/leads?q=secret-word&token=x';
    const line = finish({ requestId: 'r1', method: 'GET', originalUrl, headers: { authorization: 'x' } }, {});
    expect(line).toMatchObject({ requestId: 'r1', method: 'GET', path: '/api/v1/leads', status: 200 });
    expect(Object.keys(line).sort()).toEqual(
      ['hostname', 'level', 'method', 'ms', 'msg', 'path', 'pid', 'requestId', 'status', 'time'].sort(),
    );
  });

  it('G99 has no part of a path that opens something by itself', () => {
    const secret = `${'Zx_-'.repeat(10)}abc`;
    const line = finish({ requestId: 'r', method: 'GET', originalUrl: `/api/v1/calendar/${secret}/meetings.ics` }, {});
    expect(line.path).toBe('/api/v1/calendar/[secret]/meetings.ics');
    const id = '01900000-0000-7000-8000-00000000ffff';
    expect(finish({ requestId: 'r', method: 'GET', originalUrl: `/api/v1/leads/${id}` }, {}).path).toContain(id);
  });

  it('names the account, and says that a client has left', () => {
    const ask = { actor: { kind: 'account', id: 'a1' } };
    const line = finish({ requestId: 'r', method: 'GET', originalUrl: '/', ask }, { writableFinished: false });
    expect(line).toMatchObject({ account: 'a1', brokenOff: true });
  });

  it('cuts what nobody reads', () => {
    const line = finish({ requestId: 'r', method: 'GET', originalUrl: `/${'x'.repeat(7_000)}` }, { statusCode: 404 });
    expect((line.path as string).length).toBe(200);
  });
});
