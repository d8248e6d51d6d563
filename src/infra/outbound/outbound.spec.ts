import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { OutboundError, post, receiverUrl } from './outbound.js';

const STRICT = { allowLocal: false };
const LOCAL = { allowLocal: true };

const faultOf = (address: string): string | undefined => {
  try {
    receiverUrl(address, STRICT);
    return undefined;
  } catch (error) {
    return (error as OutboundError).fault;
  }
};

describe('the address of a receiver', () => {
  it.each([
    ['http://partner.cn/hook', 'scheme'],
    ['ftp://partner.cn/hook', 'scheme'],
    ['https://127.0.0.1/', 'address'],
    ['https://169.254.169.254/latest/meta-data', 'address'],
    ['https://[::1]/', 'address'],
    ['https://[::ffff:7f00:1]/', 'address'],
    ['https://0x7f.1/', 'address'],
    ['https://2130706433/', 'address'],
    ['https://localhost/', 'address'],
    ['https://localhost./', 'address'],
    ['https://portal.internal/', 'address'],
    ['https://intranet/', 'address'],
    ['https://good@evil.cn/', 'url'],
    ['https://user:word@partner.cn/', 'url'],
    ['https://partner.cn:22/', 'port'],
    ['https://partner.cn/#x', 'url'],
    [' https://partner.cn/', 'url'],
    ['https:partner', 'address'],
    ['//partner.cn/', 'url'],
    ['', 'url'],
  ])('E73 is not %s (%s)', (address, fault) => {
    expect(faultOf(address)).toBe(fault);
  });

  it.each(['https://partner.cn/hook', 'https://api.eao.ru:8443/in?x=1', 'https://партнёр.рф/'])('is %s', (address) => {
    expect(faultOf(address)).toBeUndefined();
  });
});

describe('a request of the portal to a receiver', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  const receive = async (listener: RequestListener): Promise<string> => {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  };

  it('brings its body and headers, and takes the answer', async () => {
    let got = '';
    const url = await receive((request, response) => {
      request.on('data', (chunk) => {
        got += chunk;
      });
      request.on('end', () => response.writeHead(202).end(`${request.headers['webhook-id']}`));
    });
    expect(await post(url, '{"x":"合作"}', { 'webhook-id': 'm1' }, LOCAL)).toEqual({ status: 202, text: 'm1' });
    expect(got).toBe('{"x":"合作"}');
  });

  it('E73 is not sent to this machine where that is not allowed', async () => {
    let asked = 0;
    const url = await receive((_, response) => {
      asked += 1;
      response.end();
    });
    await expect(post(url.replace('http:', 'https:'), '', {}, STRICT)).rejects.toMatchObject({ fault: 'port' });
    expect(asked).toBe(0);
  });

  it('E74 follows no redirect', async () => {
    const paths: string[] = [];
    const url = await receive((request, response) => {
      paths.push(request.url!);
      response.writeHead(302, { Location: '/elsewhere' }).end();
    });
    expect((await post(url, '', {}, LOCAL)).status).toBe(302);
    expect(paths).toEqual(['/hook']);
  });

  it('E75 breaks off an answer that does not end, and keeps no more of it than its beginning', async () => {
    const slow = await receive((_, response) => {
      response.writeHead(200);
      response.write('x');
    });
    await expect(post(slow, '', {}, LOCAL, 300)).rejects.toMatchObject({ fault: 'timeout' });
    server?.closeAllConnections();
    server?.close();
    const endless = await receive((_, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.on('drain', more);
      more();
    });
    expect((await post(endless, '', {}, LOCAL)).text.length).toBe(65_536);
  });

  it('tells why there was no answer', async () => {
    const url = await receive(() => undefined);
    server!.close();
    server!.closeAllConnections();
    await once(server!, 'close');
    await expect(post(url, '', {}, LOCAL)).rejects.toMatchObject({ fault: 'connection', message: 'ECONNREFUSED' });
    await expect(post('https://nobody.cnpc-no-such-name.cn/', '', {}, STRICT)).rejects.toBeInstanceOf(OutboundError);
  });
});
