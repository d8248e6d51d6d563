/** Ends the run's PostgreSQL and removes everything it wrote. */
export default async () => {
  await globalThis.testCluster?.stop();
};
