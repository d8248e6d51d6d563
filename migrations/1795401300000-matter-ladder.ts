import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `CREATE TABLE "matter_step" (
      "id" uuid NOT NULL,
      "number" integer NOT NULL,
      "kind" text NOT NULL,
      "at" TIMESTAMP WITH TIME ZONE NOT NULL,
      "on" date,
      "from_level" text,
      "to_level" text,
      "cause" text NOT NULL,
      "why" text,
      "due_on" date,
      "due_basis" text,
      "missing_text" text,
      "audience" text NOT NULL,
      "occasion" text,
      "matter_id" uuid NOT NULL,
      "from_organization_id" uuid,
      "from_mechanism_id" uuid,
      "to_organization_id" uuid,
      "to_mechanism_id" uuid,
      "owner_id" uuid,
      "meeting_id" uuid,
      "agenda_item_id" uuid,
      "document_id" uuid,
      "reason_zh" text,
      "reason_ru" text,
      CONSTRAINT "PK_0a0254472c5055e0bd890e038ca" PRIMARY KEY ("id")
    )`,
  `CREATE INDEX "IDX_13b1d6e32b4ef2f512c2e87fe3" ON "matter_step" ("matter_id")`,
  `CREATE INDEX "IDX_9cc93d28d4a38b345c4c237c4f" ON "matter_step" ("from_organization_id")`,
  `CREATE INDEX "IDX_ece0e254d0a2fde9ed3bb22f2f" ON "matter_step" ("from_mechanism_id")`,
  `CREATE INDEX "IDX_c7b67453ed672d6f7b6c40fd8f" ON "matter_step" ("to_organization_id")`,
  `CREATE INDEX "IDX_43ca1bb944d8dd4f8f1e50bdc3" ON "matter_step" ("to_mechanism_id")`,
  `CREATE INDEX "IDX_311ac6bb1bfdd51d0bcf685140" ON "matter_step" ("owner_id")`,
  `CREATE INDEX "IDX_3fb47bdf0553f97f76f929200d" ON "matter_step" ("meeting_id")`,
  `CREATE INDEX "IDX_60610a46224ee60b74949667b0" ON "matter_step" ("agenda_item_id")`,
  `CREATE INDEX "IDX_9cda48056c5c6b67841d5693b7" ON "matter_step" ("document_id")`,
  `CREATE UNIQUE INDEX "matter_step_occasion" ON "matter_step" ("matter_id", "occasion")`,
  `CREATE UNIQUE INDEX "matter_step_number" ON "matter_step" ("matter_id", "number")`,
  `CREATE TABLE "matter_level_note" (
      "id" uuid NOT NULL,
      "version" integer NOT NULL,
      "state" text NOT NULL,
      "audience" text NOT NULL DEFAULT 'public',
      "source_language" text NOT NULL,
      "created_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      "published_at" TIMESTAMP WITH TIME ZONE,
      "withdrawal_reason" jsonb,
      "level" text NOT NULL,
      "status" text NOT NULL DEFAULT 'open',
      "as_of" date,
      "owner_id" uuid,
      "matter_id" uuid NOT NULL,
      "remark_zh" text,
      "remark_ru" text,
      "note_zh" text,
      "note_ru" text,
      CONSTRAINT "matter_level_note_note_said" CHECK ("note_zh" is not null or "note_ru" is not null),
      CONSTRAINT "PK_3f49a982238779170df16fd73f5" PRIMARY KEY ("id")
    )`,
  `CREATE INDEX "IDX_3409e4269a7af37ddefc70616d" ON "matter_level_note" ("owner_id")`,
  `CREATE INDEX "IDX_3dd025f68ca8bde7c1d9288945" ON "matter_level_note" ("matter_id")`,
  `ALTER TABLE "matter" ADD "due_basis" text`,
  `ALTER TABLE "matter" ADD "stands_at" text`,
  `ALTER TABLE "matter" ADD "held_until" date`,
  `ALTER TABLE "matter" ADD "suggestion_source" text`,
  `ALTER TABLE "matter" ADD "triage" text`,
  `ALTER TABLE "matter" ADD "proposal_stage" text`,
  `ALTER TABLE "matter" ADD "removal" text`,
  `ALTER TABLE "matter" ADD "removal_evidence_id" uuid`,
  `ALTER TABLE "matter" ADD "suggested_by_zh" text`,
  `ALTER TABLE "matter" ADD "suggested_by_ru" text`,
  `CREATE INDEX "IDX_260ed0a76df2c87c1b4864938e" ON "matter" ("removal_evidence_id")`,
  `ALTER TABLE "matter_step" ADD CONSTRAINT "FK_13b1d6e32b4ef2f512c2e87fe3e"
      FOREIGN KEY ("matter_id") REFERENCES "matter"("id")
      ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "matter_step" ADD CONSTRAINT "FK_9cc93d28d4a38b345c4c237c4f4"
      FOREIGN KEY ("from_organization_id") REFERENCES "organization"("id")
      ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "matter_step" ADD CONSTRAINT "FK_ece0e254d0a2fde9ed3bb22f2f5"
      FOREIGN KEY ("from_mechanism_id") REFERENCES "mechanism"("id")
      ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "matter_step" ADD CONSTRAINT "FK_c7b67453ed672d6f7b6c40fd8fa"
      FOREIGN KEY ("to_organization_id") REFERENCES "organization"("id")
      ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "matter_step" ADD CONSTRAINT "FK_43ca1bb944d8dd4f8f1e50bdc3c"
      FOREIGN KEY ("to_mechanism_id") REFERENCES "mechanism"("id")
      ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "matter_step" ADD CONSTRAINT "FK_311ac6bb1bfdd51d0bcf685140e"
      FOREIGN KEY ("owner_id") REFERENCES "organization"("id")
      ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "matter_step" ADD CONSTRAINT "FK_3fb47bdf0553f97f76f929200d3"
      FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id")
      ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "matter_step" ADD CONSTRAINT "FK_60610a46224ee60b74949667b0c"
      FOREIGN KEY ("agenda_item_id") REFERENCES "agenda_item"("id")
      ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "matter_step" ADD CONSTRAINT "FK_9cda48056c5c6b67841d5693b76"
      FOREIGN KEY ("document_id") REFERENCES "document"("id")
      ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "matter" ADD CONSTRAINT "FK_260ed0a76df2c87c1b4864938e4"
      FOREIGN KEY ("removal_evidence_id") REFERENCES "document"("id")
      ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "matter_level_note" ADD CONSTRAINT "FK_3409e4269a7af37ddefc70616da"
      FOREIGN KEY ("owner_id") REFERENCES "organization"("id")
      ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `ALTER TABLE "matter_level_note" ADD CONSTRAINT "FK_3dd025f68ca8bde7c1d9288945c"
      FOREIGN KEY ("matter_id") REFERENCES "matter"("id")
      ON DELETE RESTRICT ON UPDATE NO ACTION DEFERRABLE INITIALLY IMMEDIATE`,
  `CREATE FUNCTION matter_step_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'steps of matters are never changed' USING ERRCODE = 'integrity_constraint_violation'; END $$`,
  `CREATE TRIGGER matter_step_stays BEFORE UPDATE OR DELETE ON "matter_step"
    FOR EACH ROW EXECUTE FUNCTION matter_step_stays()`,
];

const COLUMNS = [
  'due_basis',
  'stands_at',
  'held_until',
  'suggestion_source',
  'triage',
  'proposal_stage',
  'removal',
  'removal_evidence_id',
  'suggested_by_zh',
  'suggested_by_ru',
];

/** The chain of every matter, the matter as each level sees it, and where a matter stands. */
export class MatterLadder1795401300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "matter_step"');
    await runner.query('DROP FUNCTION matter_step_stays');
    await runner.query('DROP TABLE "matter_level_note"');
    for (const column of COLUMNS) await runner.query(`ALTER TABLE "matter" DROP COLUMN "${column}"`);
  }
}
