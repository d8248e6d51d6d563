import { describe, expect, it } from '@jest/globals';
import { HopelessJob } from '../jobs/job-kinds.js';
import { mailFailure } from './mail-failure.js';

const fault = (code: string, responseCode?: number, response?: string) =>
  Object.assign(new Error('Message failed'), { code, responseCode, response });

describe('a failure to send', () => {
  it.each([
    ['EENVELOPE', 550, true],
    ['EMESSAGE', 554, true],
    ['EENVELOPE', 451, false],
    ['EMESSAGE', 421, false],
    ['EAUTH', 535, false],
    ['ETIMEDOUT', undefined, false],
    ['ESOCKET', undefined, false],
  ])('%s %s is for good: %s', (code, responseCode, isForGood) => {
    expect(mailFailure(fault(code, responseCode)) instanceof HopelessJob).toBe(isForGood);
  });

  it('is told in the words of the server, in one line and without addresses', () => {
    const { message } = mailFailure(fault('EENVELOPE', 550, '550 5.1.1 <Wang.Wei@example.org>\r\n550 unknown'));
    expect(message).toBe('the server refused it: 550 5.1.1 <…> 550 unknown');
    expect(mailFailure(fault('ESOCKET')).message).toBe('the server did not take it: ESOCKET Message failed');
  });
});
