import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as it came in. */
type Received = { path: string; headers: IncomingHttpHeaders; body: string };

/** What the receiver does with a message: answers with a status, or whatever a function does. */
type Script = number | ((response: ServerResponse) => void);

export type Receiver = {
  url: string;
  got: Received[];
  /** The next messages are answered so, further ones with 204. */
  script: (...answers: Script[]) => void;
  close: () => void;
};

/** A receiver of webhooks on this machine that does what a test tells it. */
export const startReceiver = async (): Promise<Receiver> => {
  const got: Received[] = [];
  let answers: Script[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      got.push({ path: request.url!, headers: request.headers, body });
      const answer = answers.shift() ?? 204;
      if (typeof answer === 'function') answer(response);
      else response.writeHead(answer, answer === 302 ? { Location: '/elsewhere' } : {}).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    got,
    script: (...given) => {
      answers = given;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
