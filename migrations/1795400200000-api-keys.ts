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
    await runner.query(`create table "account_identity" (
      "issuer" text not null,
      "subject" text not null,
      "account_id" uuid not null,
      "linked_at" timestamp with time zone not null,
      constraint "account_identity_pkey" primary key ("issuer", "subject"),
      constraint "account_identity_account" unique ("account_id", "issuer"),
      constraint "FK_1d0d64c64afb2a575c9e6fc2d7c" foreign key ("account_id") references "account" ("id")
        on delete cascade)`);
    await runner.query(`create table "pending_sign_in" (
      "state_hash" text not null,
      "browser_hash" text not null,
      "nonce" text not null,
      "verifier" text not null,
      "return_to" text not null,
      "expires_at" timestamp with time zone not null,
      constraint "pending_sign_in_pkey" primary key ("state_hash"))`);
    await runner.query('create index "pending_sign_in_expires_at" on "pending_sign_in" ("expires_at")');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "pending_sign_in", "account_identity", "api_key", "throttle_counter"');
  }
}
