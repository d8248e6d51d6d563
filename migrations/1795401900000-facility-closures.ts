import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices that a bridge, a port of entry or a road is closed for some days. */
export class FacilityClosures1795401900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table "facility" add "closures" jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table "facility" drop column "closures"');
  }
}
