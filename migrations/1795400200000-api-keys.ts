import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counters of limited routes, keys of partner systems, and sign-in through an OpenID provider. */
export class ApiKeys1795400200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Counters of a minute need not outlive a crash, and are written without a journal.
    await runner.query(`create unlogged table "throttle_counter" (
      "key" text not null,
      "hits" integer not null,
      "expires_at" timestamp with time zone not null,
      constraint "throttle_counter_pkey" primary key ("key"))`);
    await runner.query('create index "throttle_counter_expires_at" on "throttle_counter" ("expires_at")');
    await runner.query(`create table "api_key" (
      "id" uuid not null,
      "prefix" text not null,
      "name" text not null,
      "organization_id" uuid not null,
      "scopes" text[] not null,
      "expires_at" timestamp with time zone not null,
      "created_at" timestamp with time zone not null,
      "last_used_at" timestamp with time zone,
      "revoked_at" timestamp with time zone,
      "key_hash" bytea not null,
      constraint "api_key_pkey" primary key ("id"),
      constraint "FK_f8bf75c998e043dc6ad022d28a8" foreign key ("organization_id") references "organization" ("id")
        on delete restrict deferrable)`);
    await runner.query('create unique index "api_key_prefix" on "api_key" ("prefix")');
    await runner.query('create index "IDX_f8bf75c998e043dc6ad022d28a" on "api_key" ("organization_id")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "api_key"');
    await runner.query('drop table "throttle_counter"');
  }
}
