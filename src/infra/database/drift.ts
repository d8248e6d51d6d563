import type { DataSource } from 'typeorm';

/**
 * What the entities declare and the migrated database lacks, as SQL; empty when the two agree.
 * @param source an open data source with all entities
 */
export const schemaDrift = async (source: DataSource): Promise<string[]> => {
  const log = await source.driver.createSchemaBuilder().log();
  return log.upQueries.map((query) => query.query);
};
