import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is needed to run the portal: requests that changes and messages come from, and sign-ins that failed. */
export class Operations1795400900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table "feed_entry" add column "request_id" text');
    await runner.query('alter table "webhook_delivery" add column "request_id" text');
    await runner.query(`create table "failed_sign_in" (
      "key" text not null,
      "account_id" uuid,
      "reason" text not null,
      "untold" integer not null,
      "told_at" timestamp with time zone not null,
      constraint "failed_sign_in_pkey" primary key ("key"))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "failed_sign_in"');
    await runner.query('alter table "webhook_delivery" drop column "request_id"');
    await runner.query('alter table "feed_entry" drop column "request_id"');
  }
}
