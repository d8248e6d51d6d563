import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SendMailOptions } from 'nodemailer';
import type { Config } from '../../infra/config/config.js';

/** Takes finished letters. */
export type MailTransport = {
  /** @param id names the letter: one that is sent twice is the same letter */
  send: (id: string, letter: SendMailOptions) => Promise<void>;
};

const CONNECT_MS = 10_000;
/**
 * How long a server may be silent. It may look a letter through before it takes it, and whoever hangs up meanwhile
 * sends it twice. `?socketTimeout=` in the address says otherwise.
 */
const SILENCE_MS = 60_000;

/** The folder that letters are written to where no server takes them. */
const mailFolder = ({ dataFolder }: Pick<Config, 'dataFolder'>): string => join(dataFolder, 'mail');

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Credentials go over the network only where nobody can listen. */
const needsTls = ({ username, hostname }: URL): boolean => username !== '' && !LOCAL.test(hostname);

/** Read with the first letter: a process that sends none has no use for it. */
const opened = <Transport>(open: (library: typeof import('nodemailer')) => Transport): (() => Promise<Transport>) => {
  let transport: Promise<Transport> | undefined;
  return () => {
    transport ??= import('nodemailer').then(open);
    return transport;
  };
};

/** A connection for each letter: one of a pool that the server has closed would send its letter anew, unseen. */
const overSmtp = (url: string): MailTransport => {
  const transport = opened(({ createTransport }) =>
    createTransport({
      url,
      dnsTimeout: CONNECT_MS,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      ...(needsTls(new URL(url)) && { requireTLS: true }),
      disableFileAccess: true,
      disableUrlAccess: true,
    }),
  );
  return {
    send: async (_id, letter) => {
      await (await transport()).sendMail(letter);
    },
  };
};

const intoFiles = (folder: string): MailTransport => {
  const transport = opened(({ createTransport }) =>
    createTransport({ streamTransport: true, buffer: true, newline: 'windows' }),
  );
  return {
    send: async (id, letter) => {
      const { message } = await (await transport()).sendMail(letter);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const file = join(folder, `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${id}.eml`);
      // Whoever watches the folder finds whole letters only.
      writeFileSync(`${file}.part`, message as Buffer, { mode: 0o600, flag: 'w' });
      renameSync(`${file}.part`, file);
    },
  };
};

/** The way of the portal's mail: a server where one is stated, else `.eml` files that only the owner reads. */
export const mailTransport = (config: Config): MailTransport =>
  config.smtpUrl === undefined ? intoFiles(mailFolder(config)) : overSmtp(config.smtpUrl);
