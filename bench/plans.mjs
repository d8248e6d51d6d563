/** How PostgreSQL runs the portal's own statements: with EXPLAIN, prepared as the portal prepares them. */
import { withClient } from './databases.mjs';

/** After five executions PostgreSQL has decided whether a prepared statement is planned once for all values. */
const UNTIL_SETTLED = 6;

/** Every node of a plan that reads leads, with the nodes above it. */
const scansOfLeads = (node, above = []) => {
  const below = (node.Plans ?? []).flatMap((child) => scansOfLeads(child, [...above, node]));
  return node['Relation Name'] === 'lead' ? [{ node, above }, ...below] : below;
};

/** Indexes that a scan uses: its own, or for a bitmap scan those below it. */
const indexesOf = (node) =>
  node['Node Type'].startsWith('Bitmap')
    ? [node['Index Name'], ...(node.Plans ?? []).flatMap(indexesOf)].filter(Boolean)
    : [node['Index Name']].filter(Boolean);

const EXPLAIN = 'explain (analyze, buffers, timing off, format json)';

/** Explains a statement as the portal runs it: planned with its values, or prepared and used for a while. */
const explained = async (client, { text, values, planEachTime }) => {
  if (planEachTime) return client.query(`${EXPLAIN} ${text}`, values);
  await client.query(`prepare measured as ${text}`);
  const list = values.map((value) => client.escapeLiteral(String(value))).join(', ');
  const execute = `execute measured${list && `(${list})`}`;
  for (let n = 0; n < UNTIL_SETTLED; n += 1) await client.query(execute);
  return client.query(`${EXPLAIN} ${execute}`);
};

/**
 * Runs a statement with EXPLAIN in a session like the portal's.
 * @returns how leads were read: node types, indexes, pages touched, whether anything was sorted
 */
export const explain = (databaseUrl, statement) =>
  withClient(databaseUrl, async (client) => {
    await client.query('set jit = off; set timezone = "UTC"; set random_page_cost = 1.1');
    const { rows } = await explained(client, statement);
    const { Plan: root, 'Execution Time': milliseconds } = rows[0]['QUERY PLAN'][0];
    const scans = scansOfLeads(root);
    return {
      nodes: [...new Set(scans.map(({ node }) => node['Node Type']))],
      indexes: [...new Set(scans.flatMap(({ node }) => indexesOf(node)))],
      sorts: scans.some(({ above }) => above.some((node) => /Sort/.test(node['Node Type']))),
      pages: root['Shared Hit Blocks'] + root['Shared Read Blocks'],
      milliseconds,
    };
  });
