import type { Actor } from './actor.js';
import type { Language, LanguageChoice } from './languages.js';

/** What a request asks, freed of HTTP: who, in which languages, with which parameters and preconditions. */
export type Ask = {
  actor: Actor;
  choice: LanguageChoice;
  /** Whether a text missing in the asked language is served in the other one (`fallback=none` says no). */
  fallback: boolean;
  /** Query parameters as sent, each named once. */
  parameters: ReadonlyMap<string, string>;
  /** Path of the request without its query, for links. */
  path: string;
  /** Who sent the request, for the trail. */
  origin: Origin;
  ifMatch?: string;
  /** Checked JSON body of a write. */
  body?: unknown;
  /** Body of a route that takes a file. */
  file?: FileBody;
  /** Names a POST so that it can be repeated without a second effect (api.md, "retries"). */
  retry?: Retry;
  /** `Cookie` header, for the few routes that declare that they read one. */
  cookies?: string;
  /** What the client calls itself, for the same routes. */
  userAgent?: string;
};

/** A file as it was sent; nothing of it has been looked at. */
export type FileBody = {
  bytes: Uint8Array;
  /** Media type in lower case, without parameters. */
  type: string;
  /** Character encoding that the request names, in lower case. */
  charset?: string;
};

/** Where a request came from: facts of the portal's own, not claims of the request. */
export type Origin = {
  /** The id that the answer and the log carry. */
  requestId: string;
  /** Address of the client as the portal and the proxies it trusts saw it. */
  address: string;
};

/** An `Idempotency-Key` and a SHA-256 of method, target and raw body of the request that bears it. */
export type Retry = { key: string; fingerprint: string };

/** What a handler answers with, before it becomes HTTP: finished JSON and the facts for its headers. */
export type Reply = {
  status: number;
  /** JSON in UTF-8 unless `type` says otherwise; empty where the status allows none. */
  body: Buffer;
  /** Media type of an answer that is no JSON. */
  type?: string;
  etag?: string;
  /** Languages that the natural text of the body is in. */
  languages: Language[];
  location?: string;
  link?: string;
  /** Further headers, such as a cookie that is set. */
  headers?: Readonly<Record<string, string | readonly string[]>>;
};
