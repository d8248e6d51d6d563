import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE "contact" (
      "id" uuid NOT NULL,
      "version" integer NOT NULL,
      "state" text NOT NULL,
      "audience" text NOT NULL DEFAULT 'public',
      "source_language" text NOT NULL,
      "created_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      "published_at" TIMESTAMP WITH TIME ZONE,
      "withdrawal_reason" jsonb,
      "on" date NOT NULL,
      "form" text NOT NULL,
      "initiated_by" text NOT NULL,
      "next_due_on" date,
      "owner_id" uuid,
      "pairing_id" uuid NOT NULL,
      "remark_zh" text,
      "remark_ru" text,
      "subject_zh" text,
      "subject_ru" text,
      "outcome_zh" text,
      "outcome_ru" text,
      CONSTRAINT "contact_subject_said" CHECK ("subject_zh" is not null or "subject_ru" is not null),
      CONSTRAINT "PK_2cbbe00f59ab6b3bb5b8d19f989" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_4b5a10d41009acc018c15447f3" ON "contact"  ("owner_id") `,
  `CREATE INDEX "IDX_29f435fceb99d62244acae714b" ON "contact"  ("pairing_id") `,
  `ALTER TABLE "mechanism" ADD "consents" jsonb`,
  `ALTER TABLE "mechanism" ADD "status_history" jsonb`,
  `ALTER TABLE "contact" ADD CONSTRAINT "FK_4b5a10d41009acc018c15447f32" FOREIGN KEY ("owner_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "contact" ADD CONSTRAINT "FK_29f435fceb99d62244acae714b9" FOREIGN KEY ("pairing_id") REFERENCES "pairing"("id") ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `select search_cover('contact', '{subject_zh,subject_ru}', '{outcome_zh,outcome_ru}', '{}')`,
];

const DOWN = ['drop table contact', 'alter table mechanism drop column consents, drop column status_history'];

/** Consents of the sides to a mechanism and the statuses that it has had; the contact log of pairings. */
export class MechanismLife1795401700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
