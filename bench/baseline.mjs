/**
 * What the portal is compared with: bare node:http and pg, the same rows, the same members, JSON made in SQL.
 * It does nothing else: no guard, no parameters, no visibility of askers, no entity tag, no signed cursor.
 */
import { createServer } from 'node:http';
import { Pool } from 'pg';
import { LEAD_BY_ID, LEADS_PAGE } from './baseline-sql.mjs';

const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: Number(process.env.POOL_SIZE),
  // The portal's sessions say the same.
  options: '-c timezone=UTC -c jit=off -c random_page_cost=1.1',
});

const rows = async (name, text, values) => (await pool.query({ name, text, values, rowMode: 'array' })).rows;

const leads = async () => {
  const page = await rows('leads', LEADS_PAGE, []);
  return `{"items":[${page.map(([json]) => json).join(',')}],"page":{"limit":20,"next":"${page.at(-1)[1]}"}}`;
};

const answer = async (url) => {
  if (url === '/ready') return '{"status":"ready"}';
  if (url.startsWith('/api/v1/leads?')) return leads();
  const id = /^\/api\/v1\/leads\/([0-9a-f-]{36})\?/.exec(url)?.[1];
  return id && (await rows('lead', LEAD_BY_ID, [id]))[0]?.[0];
};

const server = createServer((request, response) => {
  answer(request.url).then(
    (body) => {
      response.writeHead(body ? 200 : 404, {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': Buffer.byteLength(body ?? ''),
      });
      response.end(body);
    },
    (error) => {
      console.error(error);
      response.writeHead(500).end();
    },
  );
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
