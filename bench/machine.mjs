import { availableParallelism, cpus, totalmem } from 'node:os';
import { withClient } from './databases.mjs';

/** One line about what the numbers were measured on. */
export const machine = (databaseUrl) =>
  withClient(databaseUrl, async (client) => {
    const { rows } = await client.query('show server_version');
    const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
    return `${cpus()[0].model.trim()}, ${availableParallelism()} cores, ${memory} · Node ${process.versions.node} · PostgreSQL ${rows[0].server_version}`;
  });
