import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../../infra/database/database.js';
import { API_PREFIX } from '../../../infra/http/route-table.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { LANGUAGES, type LanguageMap } from '../../../kernel/languages.js';
import { invalid, problem } from '../../../kernel/problems.js';
import type { Body } from '../../../resource/body.js';
import { scopeOf } from '../../../resource/scope.js';
import { shapeBody } from '../../../resource/shape-body.js';
import { resourceOf } from '../../../resource/spec.js';
import type { Stored } from '../../../resource/stored.js';
import { Stores } from '../../../resource/stores.js';
import { runWrite } from '../../../resource/writes.js';
import { NewDecisionTask } from './decision-answers.js';

const LONGEST_TITLE = 500;
const LONGEST_SUMMARY = 2_000;

type Id = { id: string };

/** Makes tasks of assignments: from here on the decision's state follows the task. */
@Injectable()
export class DecisionTasks {
  constructor(
    private readonly database: Database,
    private readonly stores: Stores,
  ) {}

  /**
   * A new task in the plan that is named, led by the first of the responsible organizations, the others cooperating,
   * whichever side they are of. Who may do so is whoever may write tasks of that plan.
   * @throws `resource.not-found`, `decision.not-assigned`, `decision.has-task`, and those of creating a task
   */
  create(ask: Ask, id: string): Promise<Reply> {
    const wish = shapeBody(NewDecisionTask, ask.body);
    return runWrite(this.database, ask, async (manager) => {
      const decision = await this.stores.of(resourceOf('decision')).seenIn(manager, ask, id);
      await mustWantTask(manager, decision);
      const body = await taskOf(manager, ask, decision, wish);
      return this.stores.of(resourceOf('task')).createIn(manager, { ...ask, path: `/${API_PREFIX}/tasks`, body });
    });
  }
}

/** The decision is locked, so that an assignment does not become two tasks. */
const mustWantTask = async (manager: EntityManager, { id, body, facts }: Stored): Promise<void> => {
  const isAssignment = body.kind === 'assignment' && facts.state === 'published' && body.outcome === undefined;
  if (!isAssignment || responsibleOf(body).length === 0) throw problem('decision.not-assigned');
  const tasks = (await manager.query(
    `select id from task where origin_decision_id = $1 and state <> 'withdrawn' limit 1`,
    [id],
  )) as unknown[];
  if (tasks.length > 0) throw problem('decision.has-task');
};

const responsibleOf = (body: Body): Id[] => (body.responsible as Id[] | undefined) ?? [];

const taskOf = async (
  manager: EntityManager,
  ask: Ask,
  { id, body: decision }: Stored,
  { plan, section, title, dueOn = decision.dueOn as string | undefined }: NewDecisionTask,
): Promise<Body> => {
  const [leadUnit, ...cooperatingUnits] = responsibleOf(decision);
  const text = decision.text as LanguageMap;
  return {
    plan,
    section: section ?? (await lastSection(manager, ask, plan.id)),
    position: await nextPosition(manager, plan.id),
    title: title ?? cut(inOneLine(text), LONGEST_TITLE),
    summary: cut(text, LONGEST_SUMMARY),
    sourceLanguage: decision.sourceLanguage,
    audience: decision.audience,
    leadUnit,
    cooperatingUnits,
    originDecision: { id },
    ...(dueOn && { dueOn, years: [Number(dueOn.slice(0, 4))] }),
    ...(decision.document !== undefined && { documents: [decision.document] }),
  };
};

/** @throws `request.invalid` where the asker sees no section of such a plan: one has to be named, or made */
const lastSection = async (manager: EntityManager, { actor }: Ask, plan: string): Promise<Id> => {
  const scope = scopeOf(actor);
  const [row] = (await manager.query(
    `select s.id from section s where s.plan_id = $${scope.parameters.length + 1}::uuid and ${scope.sql('s', 'section')}
      order by s.position desc, s.id desc limit 1`,
    [...scope.parameters, plan],
  )) as Id[];
  if (!row) throw invalid([{ pointer: '/section', code: 'required' }]);
  return row;
};

const nextPosition = async (manager: EntityManager, plan: string): Promise<number> => {
  const [row] = (await manager.query('select coalesce(max(position), 0) + 1 as next from task where plan_id = $1', [
    plan,
  ])) as { next: number }[];
  return row!.next;
};

const each = (text: LanguageMap, make: (said: string) => string): LanguageMap =>
  Object.fromEntries(LANGUAGES.flatMap((language) => (text[language] ? [[language, make(text[language])]] : [])));

const inOneLine = (text: LanguageMap): LanguageMap => each(text, (said) => said.replace(/\s*\n\s*/g, ' ').trim());

const cut = (text: LanguageMap, longest: number): LanguageMap =>
  each(text, (said) => {
    const letters = [...said];
    return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : said;
  });
