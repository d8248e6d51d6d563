import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';

/** One event of a stream (WHATWG HTML, 9.2.6). */
type StreamEvent = { id: string; data: { type: string; fields: string[] } };

/** An open stream as its reader sees it. */
export type EventStream = {
  response: IncomingMessage;
  /** Events so far. */
  events: StreamEvent[];
  /** Text so far, comments included. */
  text: () => string;
  /** Resolves when the stream is over, from whichever side. */
  closed: Promise<void>;
  /** Ends it from the reader's side. */
  leave: () => void;
};

const parse = (block: string): StreamEvent | undefined => {
  const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s) as [string, string]));
  return fields.has('data') ? { id: fields.get('id') ?? '', data: JSON.parse(fields.get('data')!) } : undefined;
};

/**
 * Opens a stream and reads it as it comes.
 * @param lastEventId what an earlier stream told last
 */
export const openStream = async (url: string, lastEventId?: string): Promise<EventStream> => {
  const agent = new Agent({ maxSockets: 1 });
  const request = get(url, { agent, headers: lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const events: StreamEvent[] = [];
  let text = '';
  let rest = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop()!;
    events.push(...blocks.flatMap((block) => parse(block) ?? []));
  });
  response.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => response.once('close', () => resolve()));
  return { response, events, text: () => text, closed, leave: () => agent.destroy() };
};
