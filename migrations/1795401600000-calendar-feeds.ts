import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Private calendars. */
export class CalendarFeeds1795401600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table "calendar_feed" (
      "id" uuid not null,
      "language" text not null,
      "created_at" timestamp with time zone not null,
      "last_used_at" timestamp with time zone,
      "token_hash" text not null,
      "mechanism_id" uuid,
      "account_id" uuid not null,
      constraint "calendar_feed_pkey" primary key ("id"),
      constraint "FK_c1bfe5346ea839f05b57d633ace" foreign key ("mechanism_id") references "mechanism" ("id")
        on delete restrict on update no action deferrable initially immediate,
      constraint "FK_ea240ace355bb4a73e18fdfd1a8" foreign key ("account_id") references "account" ("id")
        on delete cascade)`);
    await runner.query('create index "IDX_c1bfe5346ea839f05b57d633ac" on "calendar_feed" ("mechanism_id")');
    await runner.query('create index "calendar_feed_account" on "calendar_feed" ("account_id")');
    await runner.query('create unique index "calendar_feed_token" on "calendar_feed" ("token_hash")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "calendar_feed"');
  }
}
