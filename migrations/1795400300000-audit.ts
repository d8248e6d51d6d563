import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The trail. It can be added to and nothing else: a trigger refuses changes and removals whoever asks, also where a
 * load has switched triggers off, and the owner of the table, which is the portal's own role, gives the rights up. The
 * one exception is the erasure of a person's data on lawful request, which leaves the chain of hashes whole.
 */
const UP = [
  `create table "audit" (
    "seq" bigint not null,
    "at" timestamp(3) with time zone not null,
    "actor_kind" text not null,
    "actor_id" text,
    "organization_id" uuid,
    "side" text,
    "action" text not null,
    "object_resource" text,
    "object_id" text,
    "object_version" integer,
    "changes" jsonb,
    "facts" jsonb,
    "request_id" text,
    "reason" jsonb,
    "personal" jsonb,
    "personal_salt" bytea,
    "personal_hash" bytea,
    "previous_hash" bytea not null,
    "hash" bytea not null,
    constraint "audit_pkey" primary key ("seq"))`,
  'create index "audit_object" on "audit" ("object_id", "seq")',
  'create index "audit_actor" on "audit" ("actor_id", "seq")',
  'create index "audit_side" on "audit" ("side", "seq")',
  'create index "audit_at" on "audit" ("at")',
  `create function audit_is_append_only() returns trigger language plpgsql as $$
    declare erased audit;
    begin
      if tg_op = 'UPDATE' then
        erased := old;
        erased.personal := null;
        erased.personal_salt := null;
        if new *= erased then return new; end if;
      end if;
      raise exception 'the trail is append-only' using errcode = 'insufficient_privilege';
    end $$`,
  `create trigger audit_keep_rows before update or delete on audit
    for each row execute function audit_is_append_only()`,
  `create trigger audit_keep_table before truncate on audit
    for each statement execute function audit_is_append_only()`,
  'alter table audit enable always trigger audit_keep_rows',
  'alter table audit enable always trigger audit_keep_table',
  'revoke all on audit from public',
  'revoke update, delete, truncate on audit from current_user',
  'grant update (personal, personal_salt) on audit to current_user',
];

export class Audit1795400300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "audit"');
    await runner.query('drop function audit_is_append_only()');
  }
}
