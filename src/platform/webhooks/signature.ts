import { createHmac, randomBytes } from 'node:crypto';

/** Standard Webhooks: secrets are told apart from other texts by what they begin with. */
const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A new secret, `whsec_<base64>`. */
export const newSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64');

const sign = (secret: string, content: string): string => {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
};

/**
 * The headers of a message by Standard Webhooks (standardwebhooks.com): what is signed is id, time and body, so that
 * none can be exchanged for another.
 * @param secrets every one that the receiver may still verify with
 */
export const signedHeaders = (
  { id, body }: { id: string; body: string },
  secrets: readonly string[],
  now: Date,
): Record<string, string> => {
  const timestamp = String(Math.floor(now.getTime() / 1_000));
  const signatures = secrets.map((secret) => sign(secret, `${id}.${timestamp}.${body}`));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
};
