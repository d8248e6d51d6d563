import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The terms of the glossary. */
const UP = [
  `create table "term" (
    "id" uuid not null,
    "version" integer not null,
    "state" text not null,
    "audience" text not null default 'public',
    "source_language" text not null,
    "created_at" timestamp with time zone not null,
    "updated_at" timestamp with time zone not null,
    "published_at" timestamp with time zone,
    "withdrawal_reason" jsonb,
    "domain" text not null,
    "grade" text not null default 'own',
    "part_of_speech" text,
    "use" text not null default 'required',
    "valid_from" date,
    "valid_until" date,
    "attestation" text,
    "note" text,
    "owner_id" uuid,
    "remark_zh" text,
    "remark_ru" text,
    "name_zh" text,
    "name_ru" text,
    "variants_zh" text array,
    "variants_ru" text array,
    "forms_zh" text array,
    "forms_ru" text array,
    "exceptions_zh" text array,
    "exceptions_ru" text array,
    "deprecated_zh" text array,
    "deprecated_ru" text array,
    "forbidden_zh" text array,
    "forbidden_ru" text array,
    constraint "PK_55b0479f0743f2e5d5ec414821e" primary key ("id"),
    constraint "term_name_said" check ("name_zh" is not null or "name_ru" is not null),
    constraint "FK_4f8f5f83b7a355cc729e7a5d8c9" foreign key ("owner_id") references "organization" ("id")
      on delete restrict on update no action deferrable initially immediate)`,
  'create index "IDX_4f8f5f83b7a355cc729e7a5d8c" on "term" ("owner_id")',
  `select search_cover('term', '{}', '{name_zh,name_ru,variants_zh,variants_ru}', '{}')`,
];

export class Terms1795401800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("delete from search_entry where resource = 'term'");
    await runner.query('drop table "term"');
  }
}
