import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { SIMPLIFIED } from '../../src/kernel/simplified.js';
import { createDatabase, dropDatabase } from '../support/portal.js';

let url: string;
let client: Client;
beforeAll(async () => {
  url = await createDatabase('portal_empty');
  client = new Client({ connectionString: url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await dropDatabase(url);
});

it('what is typed and what is stored are folded alike: the database knows every pair of the kernel, and no other', async () => {
  const traditional = [...SIMPLIFIED.keys()].join('');
  const { rows } = await client.query('select folded_text($1) as folded', [traditional]);
  expect(rows[0].folded).toBe([...SIMPLIFIED.values()].join(''));
  const { rows: others } = await client.query(
    `select string_agg(c, '') as changed from (select chr(n) as c from generate_series(19968, 40959) n) every
      where folded_text(c) <> lower(normalize(c, NFKC)) and strpos($1, c) = 0`,
    [traditional],
  );
  expect(others[0].changed).toBeNull();
});
