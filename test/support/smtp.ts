import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { type ParsedLetter, parseLetter } from './mailbox.js';

/** A letter as the server took it. */
type Taken = ParsedLetter & { from: string; recipients: string[]; secure: boolean };

/** What the server does with a letter instead of taking it: refuses it with a code, or says nothing any more. */
type Trouble = { at: 'RCPT' | 'DATA'; code: number; says: string } | 'silence';

export type SmtpInbox = {
  port: number;
  /** Address of the server for the configuration. */
  url: string;
  taken: Taken[];
  /** How often somebody has named a reader, taken or not. */
  tries: () => number;
  /** The next tries meet so much trouble, further ones none. */
  trouble: (...troubles: Trouble[]) => void;
  close: () => Promise<void>;
};

const refusal = ({ code, says }: Exclude<Trouble, 'silence'>) => Object.assign(new Error(says), { responseCode: code });

/** A real SMTP server on this machine that does what a test tells it. */
export const startSmtp = async (options: { port?: number; tls?: boolean } = {}): Promise<SmtpInbox> => {
  const taken: Taken[] = [];
  let troubles: Trouble[] = [];
  let tries = 0;
  const current = new WeakMap<SMTPServerSession, Trouble | undefined>();
  const server = new SMTPServer({
    authOptional: true,
    // Without a word about the certificate of tests that it brings along.
    logger: false,
    disabledCommands: options.tls ? [] : ['STARTTLS'],
    onRcptTo: ({ address }, session, done) => {
      tries += 1;
      const trouble = troubles.shift();
      current.set(session, trouble);
      const isRefused = trouble !== undefined && trouble !== 'silence' && trouble.at === 'RCPT';
      done(isRefused ? refusal({ ...trouble, says: `${trouble.says} <${address}>` }) : null);
    },
    onData: (stream, session, done) => {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const trouble = current.get(session);
        if (trouble === 'silence') return;
        if (trouble) return done(refusal(trouble));
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          ...parseLetter(Buffer.concat(pieces).toString('utf8')),
          from: mailFrom ? mailFrom.address : '',
          recipients: rcptTo.map(({ address }) => address),
          secure: session.secure,
        });
        done();
      });
    },
  });
  // Clients that hang up are what the tests are about.
  server.on('error', () => undefined);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    taken,
    tries: () => tries,
    trouble: (...next) => {
      troubles = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
