import type { MigrationInterface, QueryRunner } from 'typeorm';

const foreignKey = (name: string, columns: string, table: string, target = '"id"', deferrable = false): string =>
  `constraint "${name}" foreign key (${columns}) references "${table}" (${target}) on delete restrict${deferrable ? ' deferrable' : ''}`;

/**
 * Joint minutes and their sign-off, the outcome of decisions, and how open ones come back to later meetings. What was
 * sealed cannot be changed or removed, whoever asks and also where a load has switched triggers off; of a seal only
 * that it was broken can still be said, and once.
 */
const UP = [
  `create table "minutes_item" (
    "id" uuid not null,
    "version" integer not null,
    "state" text not null,
    "audience" text not null default 'public',
    "source_language" text not null,
    "created_at" timestamp with time zone not null,
    "updated_at" timestamp with time zone not null,
    "published_at" timestamp with time zone,
    "withdrawal_reason" jsonb,
    "verbatim" boolean not null default true,
    "position" integer not null,
    "owner_id" uuid,
    "source_id" uuid,
    "meeting_id" uuid not null,
    "agenda_item_id" uuid,
    "remark_zh" text,
    "remark_ru" text,
    "text_zh" text,
    "text_ru" text,
    constraint "PK_1ecec1d222f37c0bf786035cc32" primary key ("id"),
    constraint "minutes_item_text_said" check ("text_zh" is not null or "text_ru" is not null),
    ${foreignKey('FK_efb7e1b5b76f18c552d79347db6', '"owner_id"', 'organization', '"id"', true)},
    ${foreignKey('FK_d9cc8f67130b4fcfd1e9c01e8f7', '"source_id"', 'document', '"id"', true)},
    ${foreignKey('FK_1e965c3404321e1b70bf17f8adf', '"meeting_id"', 'meeting', '"id"', true)},
    ${foreignKey('FK_783383979160545142a511bbf06', '"agenda_item_id"', 'agenda_item', '"id"', true)})`,
  'create index "IDX_efb7e1b5b76f18c552d79347db" on "minutes_item" ("owner_id")',
  'create index "IDX_d9cc8f67130b4fcfd1e9c01e8f" on "minutes_item" ("source_id")',
  'create index "IDX_1e965c3404321e1b70bf17f8ad" on "minutes_item" ("meeting_id")',
  'create index "IDX_783383979160545142a511bbf0" on "minutes_item" ("agenda_item_id")',
  `create table "minutes_version" (
    "meeting_id" uuid not null,
    "number" integer not null,
    "content" jsonb not null,
    "hash" bytea not null,
    "made_at" timestamp with time zone not null,
    "made_by" text not null,
    "organization_id" uuid,
    "side" text not null,
    constraint "PK_15b5e9940548b338164cad691e8" primary key ("meeting_id", "number"),
    constraint "minutes_version_hash" check (octet_length("hash") = 32),
    ${foreignKey('FK_60f7e2d9810e4440d0663499a24', '"meeting_id"', 'meeting')})`,
  `create table "minutes_seal" (
    "id" uuid not null,
    "meeting_id" uuid not null,
    "number" integer not null,
    "kind" text not null,
    "side" text not null,
    "made_at" timestamp with time zone not null,
    "made_by" text not null,
    "organization_id" uuid,
    "broken_at" timestamp with time zone,
    "broken_side" text,
    "broken_organization_id" uuid,
    constraint "PK_2bfdd7d540ad93bb7c5798bedc0" primary key ("id"),
    ${foreignKey('FK_8ed06c26e836a2d711982a0ef83', '"meeting_id", "number"', 'minutes_version', '"meeting_id", "number"')})`,
  'create index "minutes_seal_meeting" on "minutes_seal" ("meeting_id")',
  `create unique index "minutes_seal_standing" on "minutes_seal" ("meeting_id", "kind", "side")
    where broken_at is null`,
  `create function minutes_are_kept() returns trigger language plpgsql as $$
    declare broken minutes_seal;
    begin
      if tg_op = 'UPDATE' and tg_table_name = 'minutes_seal' then
        if old.broken_at is null then
          broken := old;
          broken.broken_at := new.broken_at;
          broken.broken_side := new.broken_side;
          broken.broken_organization_id := new.broken_organization_id;
          if new *= broken then return new; end if;
        end if;
      end if;
      raise exception 'sealed minutes are kept as they are' using errcode = 'insufficient_privilege';
    end $$`,
  ...['minutes_version', 'minutes_seal'].flatMap((table) => [
    `create trigger ${table}_keep_rows before update or delete on ${table}
      for each row execute function minutes_are_kept()`,
    `create trigger ${table}_keep_table before truncate on ${table}
      for each statement execute function minutes_are_kept()`,
    `alter table ${table} enable always trigger ${table}_keep_rows`,
    `alter table ${table} enable always trigger ${table}_keep_table`,
  ]),
  `alter table "decision" add column "outcome" text, add column "outcome_on" date,
    add column "outcome_reason_zh" text, add column "outcome_reason_ru" text`,
  `create table "decision_review" (
    "decision_id" uuid not null,
    "meeting_id" uuid not null,
    "agenda_item_id" uuid not null,
    constraint "PK_cd00d17d0d5f7668f543eae04d3" primary key ("decision_id", "meeting_id"),
    ${foreignKey('FK_2f7a84f073b3105e2222616cc16', '"decision_id"', 'decision')},
    ${foreignKey('FK_4b63ad9bd0d726efac0a03f34b1', '"meeting_id"', 'meeting')},
    ${foreignKey('FK_b6d72a9574bc2338b4f0b393460', '"agenda_item_id"', 'agenda_item')})`,
  'create unique index "decision_review_item" on "decision_review" ("agenda_item_id")',
  'create index "decision_review_meeting" on "decision_review" ("meeting_id")',
];

export class Minutes1795401200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table "decision_review", "minutes_seal", "minutes_version", "minutes_item"');
    await runner.query('drop function minutes_are_kept()');
    await runner.query(`alter table "decision" drop column "outcome", drop column "outcome_on",
      drop column "outcome_reason_zh", drop column "outcome_reason_ru"`);
  }
}
