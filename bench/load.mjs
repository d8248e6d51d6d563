/** Load on two servers in turn, so that whatever else the machine does meets both alike. */
import { Agent, get } from 'node:http';
import autocannon from 'autocannon';

const CONNECTIONS = 16;

/** The middle one of several numbers. */
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/**
 * One round of load.
 * @returns answers a second
 * @throws when a single answer was not 200
 */
async function round(url, seconds) {
  const { statusCodeStats, errors, timeouts, non2xx, requests, duration } = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
  });
  const statuses = Object.keys(statusCodeStats);
  if (errors + timeouts + non2xx > 0 || statuses.some((status) => status !== '200')) {
    throw new Error(`${url}: ${errors} errors, ${timeouts} timeouts, statuses ${statuses}`);
  }
  return requests.total / duration;
}

/**
 * Alternates load between two servers, after a warm-up of both.
 * @returns the median of each one's rates and of the ratios of neighbouring rounds
 */
export async function compareThroughput(portalUrl, baselineUrl, { rounds, seconds }) {
  await round(baselineUrl, seconds);
  await round(portalUrl, seconds);
  const pairs = [];
  for (let n = 0; n < rounds; n += 1) {
    // Each goes first as often as the other.
    const urls = n % 2 === 0 ? [baselineUrl, portalUrl] : [portalUrl, baselineUrl];
    const rates = new Map();
    for (const url of urls) rates.set(url, await round(url, seconds));
    pairs.push({ baseline: rates.get(baselineUrl), portal: rates.get(portalUrl) });
  }
  return {
    baseline: median(pairs.map((pair) => pair.baseline)),
    portal: median(pairs.map((pair) => pair.portal)),
    ratio: median(pairs.map((pair) => pair.portal / pair.baseline)),
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/**
 * One answer.
 * @throws unless it is 200
 */
export const answerOf = (url) =>
  new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        if (response.statusCode === 200) resolve(body);
        else reject(new Error(`${url}: ${response.statusCode} ${body}`));
      });
      response.on('error', reject);
    }).once('error', reject);
  });

const timeOf = async (url) => {
  const began = performance.now();
  await answerOf(url);
  return performance.now() - began;
};

/** Enough for every connection of the pool to have prepared the statement and left its first plans behind. */
const WARM_UP = 100;

/**
 * Asks two addresses in turn, one request at a time.
 * @returns the median time of each in milliseconds, and their ratio
 */
export async function compareLatency(url, referenceUrl, times) {
  for (let n = 0; n < WARM_UP; n += 1) await Promise.all([answerOf(url), answerOf(referenceUrl)]);
  const [own, reference] = [[], []];
  for (let n = 0; n < times; n += 1) {
    reference.push(await timeOf(referenceUrl));
    own.push(await timeOf(url));
  }
  return { own: median(own), reference: median(reference), ratio: median(own) / median(reference) };
}

/** Ends the kept connections, so that the servers can be stopped at once. */
export const hangUp = () => agent.destroy();
