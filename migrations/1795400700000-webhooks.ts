import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Webhooks of partners' systems and the messages sent to them. */
export class Webhooks1795400700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table "webhook" (
      "id" uuid not null,
      "url" text not null,
      "resources" text[],
      "types" text[],
      "state" text not null,
      "disabled_reason" text,
      "disabled_at" timestamp with time zone,
      "earlier_secret_until" timestamp with time zone,
      "created_at" timestamp with time zone not null,
      "api_key_id" uuid not null,
      "position" bigint not null,
      "sealed_secret" text not null,
      "earlier_sealed_secret" text,
      constraint "webhook_pkey" primary key ("id"),
      constraint "FK_f6982b6b5446bdb87d0b1e56cad" foreign key ("api_key_id") references "api_key" ("id")
        on delete restrict)`);
    await runner.query('create index "webhook_api_key" on "webhook" ("api_key_id", "id")');
    await runner.query(`create table "webhook_delivery" (
      "id" uuid not null,
      "type" text not null,
      "state" text not null,
      "attempts" integer not null,
      "last_status" integer,
      "fault" text,
      "created_at" timestamp with time zone not null,
      "attempted_at" timestamp with time zone,
      "webhook_id" uuid not null,
      "seq" bigint,
      "record_id" uuid,
      "body" text not null,
      constraint "webhook_delivery_pkey" primary key ("id"),
      constraint "FK_ef25cc28dcf88ea3dd81f39af2d" foreign key ("webhook_id") references "webhook" ("id")
        on delete cascade)`);
    await runner.query('create index "webhook_delivery_webhook" on "webhook_delivery" ("webhook_id", "id")');
    await runner.query('create index "webhook_delivery_record" on "webhook_delivery" ("webhook_id", "record_id")');
    await runner.query('create unique index "webhook_delivery_seq" on "webhook_delivery" ("webhook_id", "seq")');
    // Few messages wait, many are done: what is stranded is found without reading the whole log.
    await runner.query(
      `create index "webhook_delivery_pending" on "webhook_delivery" ("created_at") where state = 'pending'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "webhook_delivery"');
    await runner.query('drop table "webhook"');
  }
}
