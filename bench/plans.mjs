/** How PostgreSQL runs the portal's own statements: with EXPLAIN, prepared as the portal prepares them. */
import { withClient } from './databases.mjs';

/** After five executions PostgreSQL has decided whether a prepared statement is planned once for all values. */
const UNTIL_SETTLED = 6;

/** Every node of a plan that reads a table, with the nodes above it. */
const scansOf = (table, node, above = []) => {
  const below = (node.Plans ?? []).flatMap((child) => scansOf(table, child, [...above, node]));
  return node['Relation Name'] === table ? [{ node, above }, ...below] : below;
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
 * @param table whose reading is told
 * @returns how it was read: node types, indexes, pages touched, whether anything was sorted
 */
export const explain = (databaseUrl, statement, table = 'lead') =>
  withClient(databaseUrl, async (client) => {
    await client.query('set jit = off; set timezone = "UTC"; set random_page_cost = 1.1');
    const { rows } = await explained(client, statement);
    const { Plan: root, 'Execution Time': milliseconds } = rows[0]['QUERY PLAN'][0];
    // A part of a statement that its other parts made needless was planned and not run.
    const scans = scansOf(table, root).filter(({ node }) => node['Actual Loops'] > 0);
    return {
      nodes: [...new Set(scans.map(({ node }) => node['Node Type']))],
      indexes: [...new Set(scans.flatMap(({ node }) => indexesOf(node)))],
      sorts: scans.some(({ above }) => above.some((node) => /Sort/.test(node['Node Type']))),
      pages: root['Shared Hit Blocks'] + root['Shared Read Blocks'],
      milliseconds,
      rows: root['Actual Rows'],
    };
  });
