import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The change feed. */
export class Feed1795400400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table "feed_entry" (
      "seq" bigint not null,
      "at" timestamp with time zone not null,
      "type" text not null,
      "resource" text not null,
      "record_id" uuid not null,
      "version" integer not null,
      "fields" text array not null,
      "languages" jsonb,
      "reason" jsonb,
      "state" text not null,
      "audience" text not null,
      "owner_id" uuid,
      "state_before" text,
      "audience_before" text,
      "owner_before_id" uuid,
      constraint "feed_entry_pkey" primary key ("seq"))`);
    await runner.query('create index "feed_entry_record" on "feed_entry" ("record_id", "seq")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "feed_entry"');
  }
}
