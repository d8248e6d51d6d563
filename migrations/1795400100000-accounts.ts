import type { MigrationInterface, QueryRunner } from 'typeorm';

const STATEMENTS = [
  `create table "account" (
    "id" uuid not null,
    "email" text not null,
    "name_zh" text,
    "name_ru" text,
    "roles" text array not null,
    "side" text not null,
    "organization_id" uuid,
    "translates_into" text array not null,
    "language" text,
    "password_hash" text,
    "token_generation" integer not null default 1,
    "state" text not null,
    "version" integer not null default 1,
    "created_at" timestamp with time zone not null,
    "updated_at" timestamp with time zone not null,
    "last_signed_in_at" timestamp with time zone,
    constraint "account_pkey" primary key ("id"),
    constraint "account_email_key" unique ("email"),
    constraint "account_name_said" check ("name_zh" is not null or "name_ru" is not null),
    constraint "account_has_role" check (cardinality("roles") > 0),
    constraint "account_email_folded" check ("email" = lower("email")))`,
  `create table "invitation" (
    "id" uuid not null,
    "token_hash" text not null,
    "email" text not null,
    "roles" text array not null,
    "side" text not null,
    "organization_id" uuid,
    "translates_into" text array not null,
    "invited_by" uuid,
    "created_at" timestamp with time zone not null,
    "expires_at" timestamp with time zone not null,
    "used_at" timestamp with time zone,
    constraint "invitation_pkey" primary key ("id"),
    constraint "invitation_token_hash_key" unique ("token_hash"))`,
  'create index "invitation_email" on "invitation" ("email")',
  `create table "one_time_token" (
    "hash" text not null,
    "account_id" uuid not null,
    "purpose" text not null,
    "created_at" timestamp with time zone not null,
    "expires_at" timestamp with time zone not null,
    "used_at" timestamp with time zone,
    constraint "one_time_token_pkey" primary key ("hash"))`,
  'create index "one_time_token_account" on "one_time_token" ("account_id")',
  `create table "second_factor" (
    "account_id" uuid not null,
    "secret" text not null,
    "created_at" timestamp with time zone not null,
    "confirmed_at" timestamp with time zone,
    "last_step" integer not null default 0,
    "recovery_codes" text array not null,
    "failures" integer not null default 0,
    "failed_at" timestamp with time zone,
    constraint "second_factor_pkey" primary key ("account_id"))`,
  `create table "session" (
    "id" uuid not null,
    "account_id" uuid not null,
    "created_at" timestamp with time zone not null,
    "last_used_at" timestamp with time zone not null,
    "user_agent" text,
    "address" text not null,
    "ended_at" timestamp with time zone,
    "end_reason" text,
    constraint "session_pkey" primary key ("id"))`,
  'create index "session_account" on "session" ("account_id")',
  `create table "refresh_token" (
    "hash" text not null,
    "session_id" uuid not null,
    "created_at" timestamp with time zone not null,
    "used_at" timestamp with time zone,
    "uses" integer not null default 0,
    constraint "refresh_token_pkey" primary key ("hash"))`,
  'create index "refresh_token_session" on "refresh_token" ("session_id")',
  `create table "signing_key" (
    "kid" text not null,
    "public_key" jsonb not null,
    "private_key" text not null,
    "created_at" timestamp with time zone not null,
    "retired_at" timestamp with time zone,
    constraint "signing_key_pkey" primary key ("kid"))`,
  'create index "IDX_020686089902f4a0b53aa74019" on "account" ("organization_id")',
  'create index "IDX_de7c148c7834d738ac7113f3dd" on "invitation" ("organization_id")',
  `alter table "account" add constraint "FK_020686089902f4a0b53aa740196"
    foreign key ("organization_id") references "organization" ("id") on delete restrict deferrable`,
  `alter table "invitation" add constraint "FK_de7c148c7834d738ac7113f3dd8"
    foreign key ("organization_id") references "organization" ("id") on delete restrict deferrable`,
  `alter table "one_time_token" add constraint "FK_a5d49686ed2f529465217ba7ec2"
    foreign key ("account_id") references "account" ("id") on delete cascade`,
  `alter table "second_factor" add constraint "FK_0a7b3df05f1502502d076745897"
    foreign key ("account_id") references "account" ("id") on delete cascade`,
  `alter table "session" add constraint "FK_fae5a6b4a57f098e9af8520d499"
    foreign key ("account_id") references "account" ("id") on delete cascade`,
  `alter table "refresh_token" add constraint "FK_7643a722ca45fb721be1c63dc0c"
    foreign key ("session_id") references "session" ("id") on delete cascade`,
];

/** People who sign in: accounts, the ways to get one, sessions and the keys that sign their tokens. */
export class Accounts1795400100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table "signing_key", "refresh_token", "session", "second_factor", "one_time_token", "invitation", "account"',
    );
  }
}
