import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Config } from '../../infra/config/config.js';

/** Takes finished letters. */
export type MailTransport = { send: (letter: SendMailOptions) => Promise<void>; close: () => void };

const TIMEOUT_MS = 10_000;

/** The folder that letters are written to where no server takes them. */
const mailFolder = ({ dataFolder }: Pick<Config, 'dataFolder'>): string => join(dataFolder, 'mail');

const overSmtp = (url: string): MailTransport => {
  const patience = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
  const transport = createTransport({ url, pool: true, maxConnections: 2, ...patience });
  return {
    send: async (letter) => {
      await transport.sendMail(letter);
    },
    close: () => transport.close(),
  };
};

const intoFiles = (folder: string): MailTransport => {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    send: async (letter) => {
      const { message } = await transport.sendMail(letter);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const name = `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${randomUUID()}.eml`;
      writeFileSync(join(folder, name), message as Buffer, { mode: 0o600, flag: 'wx' });
    },
    close: () => transport.close(),
  };
};

/** The way of the portal's mail: a server where one is stated, else `.eml` files that only the owner reads. */
export const mailTransport = (config: Config): MailTransport =>
  config.smtpUrl === undefined ? intoFiles(mailFolder(config)) : overSmtp(config.smtpUrl);
