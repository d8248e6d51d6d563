import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE "delegate" (
      "id" uuid NOT NULL,
      "version" integer NOT NULL,
      "state" text NOT NULL,
      "audience" text NOT NULL DEFAULT 'public',
      "source_language" text NOT NULL,
      "created_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      "published_at" TIMESTAMP WITH TIME ZONE,
      "withdrawal_reason" jsonb,
      "name_latin" text,
      "role" text NOT NULL DEFAULT 'member',
      "interprets" text array,
      "invitation" text NOT NULL DEFAULT 'invited',
      "attended" text NOT NULL DEFAULT 'unknown',
      "owner_id" uuid,
      "delegation_id" uuid NOT NULL,
      "organization_id" uuid,
      "substitute_id" uuid,
      "remark_zh" text,
      "remark_ru" text,
      "name_zh" text,
      "name_ru" text,
      "post_zh" text,
      "post_ru" text,
      CONSTRAINT "delegate_name_said" CHECK ("name_zh" is not null or "name_ru" is not null),
      CONSTRAINT "PK_810516365b3daa9f6d6d2d4f2b7" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_166125e6e3285c53447907eadb" ON "delegate" ("owner_id")`,
  `CREATE INDEX "IDX_1d1410fb2c72bc2c481bd1346f" ON "delegate" ("delegation_id")`,
  `CREATE INDEX "IDX_96b6259919f4ba94b53b43d78d" ON "delegate" ("organization_id")`,
  `CREATE INDEX "IDX_2e81eaa7e6234f2ea415861cf7" ON "delegate" ("substitute_id")`,
  `CREATE UNIQUE INDEX "delegate_one_head" ON "delegate" ("delegation_id") WHERE role = 'head' and state <> 'withdrawn' and invitation not in ('declined', 'substituted')`,
  `CREATE TABLE "delegation" (
      "id" uuid NOT NULL,
      "version" integer NOT NULL,
      "state" text NOT NULL,
      "audience" text NOT NULL DEFAULT 'public',
      "source_language" text NOT NULL,
      "created_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      "published_at" TIMESTAMP WITH TIME ZONE,
      "withdrawal_reason" jsonb,
      "side" text NOT NULL,
      "status" text NOT NULL DEFAULT 'forming',
      "owner_id" uuid,
      "meeting_id" uuid NOT NULL,
      "remark_zh" text,
      "remark_ru" text,
      "name_zh" text,
      "name_ru" text,
      "note_zh" text,
      "note_ru" text,
      CONSTRAINT "delegation_name_said" CHECK ("name_zh" is not null or "name_ru" is not null),
      CONSTRAINT "PK_a2cb6c9b942d68b109131beab44" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_4cad60806071170f1022e206b2" ON "delegation" ("owner_id")`,
  `CREATE INDEX "IDX_cb0e80d91675f8890fdf014dbd" ON "delegation" ("meeting_id")`,
  `ALTER TABLE "agenda_item" ADD "duration_minutes" integer`,
  `ALTER TABLE "agenda_item" ADD "answers" jsonb`,
  `ALTER TABLE "agenda_item" ADD "marks" jsonb`,
  `ALTER TABLE "agenda_item" ADD "deferred_from_id" uuid`,
  `ALTER TABLE "meeting" ADD "confirmations" jsonb`,
  `ALTER TABLE "meeting" ADD "agenda_confirmations" jsonb`,
  `ALTER TABLE "meeting" ADD "agenda_frozen_at" TIMESTAMP WITH TIME ZONE`,
  `ALTER TABLE "meeting" ADD "agenda_arranged_at" TIMESTAMP WITH TIME ZONE`,
  `ALTER TABLE "meeting" ADD "status_reason_zh" text`,
  `ALTER TABLE "meeting" ADD "status_reason_ru" text`,
  `CREATE INDEX "IDX_d885719046f4fcd71961be5d29" ON "agenda_item" ("deferred_from_id")`,
  `CREATE UNIQUE INDEX "agenda_item_deferred_once" ON "agenda_item" ("deferred_from_id")`,
  `ALTER TABLE "agenda_item" ADD CONSTRAINT "FK_d885719046f4fcd71961be5d29c" FOREIGN KEY ("deferred_from_id") REFERENCES "agenda_item"("id") ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "delegate" ADD CONSTRAINT "FK_166125e6e3285c53447907eadb3" FOREIGN KEY ("owner_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "delegate" ADD CONSTRAINT "FK_1d1410fb2c72bc2c481bd1346fa" FOREIGN KEY ("delegation_id") REFERENCES "delegation"("id") ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "delegate" ADD CONSTRAINT "FK_96b6259919f4ba94b53b43d78d4" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "delegate" ADD CONSTRAINT "FK_2e81eaa7e6234f2ea415861cf7d" FOREIGN KEY ("substitute_id") REFERENCES "delegate"("id") ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "delegation" ADD CONSTRAINT "FK_4cad60806071170f1022e206b29" FOREIGN KEY ("owner_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "delegation" ADD CONSTRAINT "FK_cb0e80d91675f8890fdf014dbdd" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
];

const DOWN = [
  'drop table delegate',
  'drop table delegation',
  `alter table agenda_item drop column duration_minutes, drop column answers, drop column marks,
    drop column deferred_from_id`,
  `alter table meeting drop column confirmations, drop column agenda_confirmations, drop column agenda_frozen_at,
    drop column agenda_arranged_at, drop column status_reason_zh, drop column status_reason_ru`,
];

/** Confirmations of meetings and agendas by side, answers to agenda items, delegations. */
export class MeetingWorkflow1795401100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
