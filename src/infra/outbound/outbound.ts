import { lookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.js';

/** Longest time that a receiver may take for everything, and most bytes that are read of an answer. */
const LIMIT_MS = 10_000;
const MOST_BYTES = 65_536;

/** Ports on which something else than the web answers are nobody's receivers. */
const PORTS: ReadonlySet<string> = new Set(['', '443', '8443']);

/** Names that only a network inside resolves. */
const INSIDE = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|test|example|invalid|onion)\.?$/i;

/** Why an address is refused, or what went wrong on the way. */
export type OutboundFault = 'url' | 'scheme' | 'port' | 'address' | 'resolution' | 'connection' | 'timeout' | 'answer';

/** A request that the portal did not send, or got no answer to. */
export class OutboundError extends Error {
  constructor(
    readonly fault: OutboundFault,
    message: string = fault,
  ) {
    super(message);
  }
}

/** Where the portal may send requests. */
export type OutboundRules = {
  /** In demonstrations receivers on this machine are allowed, without TLS. */
  allowLocal: boolean;
};

/** What came back: the head of the answer, and as much of its body as is kept in a log. */
export type OutboundAnswer = { status: number; text: string };

/**
 * Reads the address of a receiver.
 * @throws OutboundError for an address that no receiver may have, whatever it resolves to (hardening E73)
 */
export const receiverUrl = (text: string, { allowLocal }: OutboundRules): URL => {
  if (!URL.canParse(text) || text !== text.trim()) throw new OutboundError('url');
  const url = new URL(text);
  if (url.username || url.password || url.hash) throw new OutboundError('url');
  if (url.protocol !== 'https:' && !(allowLocal && url.protocol === 'http:')) throw new OutboundError('scheme');
  if (allowLocal) return url;
  if (!PORTS.has(url.port)) throw new OutboundError('port');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (INSIDE.test(host) || !host.includes('.')) {
    if (!isPublicAddress(host)) throw new OutboundError('address');
  }
  // A number in any notation has been read as an IPv4 address by the parser of URLs.
  if (/^[\d.]+$/.test(host) && !isPublicAddress(host)) throw new OutboundError('address');
  return url;
};

/** The address that the connection is made to: every one that the name resolves to must be public. */
const resolved = async (host: string, { allowLocal }: OutboundRules): Promise<{ address: string; family: number }> => {
  const found = await lookup(host, { all: true, verbatim: true }).catch(() => []);
  const [first] = found;
  if (!first) throw new OutboundError('resolution');
  if (!allowLocal && !found.every(({ address }) => isPublicAddress(address))) throw new OutboundError('address');
  return first;
};

/**
 * Sends one POST. The name is resolved once, what it resolves to is checked, and the connection is made to that very
 * address, so that a name cannot change between the check and the connection (hardening E74). Redirects are answers,
 * not followed; an answer that is slow or endless is broken off (E75).
 * @throws OutboundError
 */
export const post = async (
  address: string,
  body: string,
  headers: Record<string, string>,
  rules: OutboundRules,
  limitMs = LIMIT_MS,
): Promise<OutboundAnswer> => {
  const url = receiverUrl(address, rules);
  const pinned = await resolved(url.hostname.replace(/^\[|\]$/g, ''), rules);
  const lookupPinned: LookupFunction = (_host, options, callback) => {
    if (options.all) callback(null, [pinned]);
    else callback(null, pinned.address, pinned.family);
  };
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(url, {
      method: 'POST',
      headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
      lookup: lookupPinned,
      agent: false,
    });
    const limit = setTimeout(() => fail('timeout'), limitMs);
    const fail = (fault: OutboundFault, message?: string) => {
      clearTimeout(limit);
      request.destroy();
      reject(new OutboundError(fault, message));
    };
    request.on('error', (error: NodeJS.ErrnoException) => fail('connection', error.code ?? error.message));
    request.on('response', (response) => {
      readSome(response).then(
        (text) => {
          clearTimeout(limit);
          request.destroy();
          resolve({ status: response.statusCode ?? 0, text });
        },
        (error: Error) => fail('answer', error.message),
      );
    });
    request.end(body);
  });
};

/** The beginning of a body: what is beyond the limit is not waited for. */
const readSome = (response: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const done = () => resolve(Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8'));
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MOST_BYTES) done();
    });
    response.once('end', done);
    response.once('error', reject);
  });
