import type { TestCluster } from './cluster.js';

export default async (): Promise<void> => {
  await (globalThis as { testCluster?: TestCluster }).testCluster?.stop();
};
