/** What a run of the seeds did, by resource. */
export type SeedReport = Readonly<
  Record<string, Readonly<{ created: number; updated: number; unchanged: number; kept: number }>>
>;

export type SeedTotals = { created: number; updated: number; kept: number };

/** The report in three numbers, for a line on the console. */
export const totalsOf = (report: SeedReport): SeedTotals => {
  const totals = { created: 0, updated: 0, kept: 0 };
  for (const counts of Object.values(report)) {
    totals.created += counts.created;
    totals.updated += counts.updated;
    totals.kept += counts.kept;
  }
  return totals;
};
