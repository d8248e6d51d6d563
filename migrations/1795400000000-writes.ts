import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers to POSTs with an `Idempotency-Key`. */
export class Writes1795400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table "idempotency_key" (
      "holder" text not null,
      "key" text not null,
      "fingerprint" text not null,
      "outcome" jsonb not null,
      "created_at" timestamp with time zone not null,
      constraint "idempotency_key_pkey" primary key ("holder", "key"))`);
    await runner.query('create index "idempotency_key_created_at" on "idempotency_key" ("created_at")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "idempotency_key"');
  }
}
