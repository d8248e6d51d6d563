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
  ifMatch?: string;
  /** Checked JSON body of a write. */
  body?: unknown;
};

/** What a handler answers with, before it becomes HTTP: finished JSON and the facts for its headers. */
export type Reply = {
  status: number;
  /** JSON in UTF-8; empty where the status allows none. */
  body: Buffer;
  etag?: string;
  /** Languages that the natural text of the body is in. */
  languages: Language[];
  location?: string;
  link?: string;
};
