import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people are told, and how they wish to be told. */
export class Notifications1795401000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table "notification" (
      "id" uuid not null,
      "account_id" uuid not null,
      "kind" text not null,
      "resource" text not null,
      "record_id" uuid not null,
      "values" jsonb not null,
      "effect" text not null,
      "in_portal" boolean not null,
      "mail" text not null,
      "mail_done_at" timestamp with time zone,
      "created_at" timestamp with time zone not null,
      "read_at" timestamp with time zone,
      constraint "notification_pkey" primary key ("id"),
      constraint "FK_6bfa96ab97f1a09d73091294efc" foreign key ("account_id") references "account" ("id") on delete cascade)`);
    await runner.query('create index "notification_account" on "notification" ("account_id", "id")');
    await runner.query('create unique index "notification_effect" on "notification" ("account_id", "effect")');
    // Few wait for a digest, many are done.
    await runner.query(`create index "notification_waiting" on "notification" ("account_id", "id")
      where mail = 'daily' and mail_done_at is null`);
    await runner.query(`create table "notification_preference" (
      "account_id" uuid not null,
      "kind" text not null,
      "portal" boolean not null,
      "mail" text not null,
      constraint "notification_preference_pkey" primary key ("account_id", "kind"),
      constraint "FK_0de9a88591fd099ec107a3fb9a6" foreign key ("account_id") references "account" ("id") on delete cascade)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "notification_preference"');
    await runner.query('drop table "notification"');
  }
}
