import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { can } from '../../../kernel/access.js';
import { SIDES, type Side } from '../../../kernel/actor.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import type { Language } from '../../../kernel/languages.js';
import type { Party } from '../../../kernel/matter-workflow.js';
import { problem } from '../../../kernel/problems.js';
import { type MatterFacts, placeOf } from './matter-facts.js';
import { lackingIn, MatterNews } from './news.js';
import { MatterReferral } from './requests.js';
import { lying, type Scene, Scenes } from './scene.js';

/** The language in which each side's offices write. */
const LANGUAGE_OF: Readonly<Record<Side, Language>> = { cn: 'zh', ru: 'ru' };

const PAIRS = `select distinct o.id, o.side from pairing p
    join organization o on o.id in (p.cn_organization_id, p.ru_organization_id) and o.state = 'published'
  where p.state = 'published' and o.side = $2
    and (p.cn_organization_id = any($1::uuid[]) or p.ru_organization_id = any($1::uuid[]))`;

/** Refers matters to the counterpart on the other bank, in its language. */
@Injectable()
export class Referrals {
  constructor(
    private readonly scenes: Scenes,
    private readonly news: MatterNews,
  ) {}

  /**
   * Sends a matter to the counterpart of its holder. Where a text is missing in the counterpart's language, translators
   * are asked for it and the step says so.
   * @throws `matter.counterpart-unclear` where none is named and the register has none or several,
   *   `matter.not-a-counterpart` for an organization of the same side, `matter.counterpart-cannot-see`
   */
  refer(ask: Ask, id: string): Promise<Reply> {
    return this.scenes.act(ask, id, ['refer', MatterReferral], async (scene, { to, text, dueOn, audience }) => {
      const { manager, matter, ladder } = scene;
      const counterpart = await this.counterpart(scene, to?.id);
      mustBeSeenBy(matter, counterpart);
      const place = { organization: counterpart.id, mechanism: null };
      const due = ladder.deadline(place, counterpart.side, dueOn ?? null);
      const [missingText] = lackingIn([matter.title, matter.summary, text], [LANGUAGE_OF[counterpart.side]]);
      const said = { reason: text ?? null, missingText: missingText ?? null, ...(audience && { audience }) };
      await scene.step({ kind: 'referred', from: placeOf(matter), to: place, due, ...said });
      if (missingText) await this.news.askForTexts(manager, { resource: 'matter', id }, matter.title, [missingText]);
      await this.news.tell(manager, 'matter.referred', matter, [counterpart.id], { by: ask.actor, dueOn: due.on });
      return { status: 'referred', ...lying(place, ladder), dueOn: due.on, dueBasis: due.basis };
    });
  }

  private async counterpart(scene: Scene, named: string | undefined): Promise<Party & { side: Side }> {
    const { manager, ask } = scene;
    const side = SIDES.find((one) => one !== (ask.actor as { side: Side }).side)!;
    if (named !== undefined) return namedCounterpart(manager, named, side);
    const { matter, ladder } = scene;
    const own = [...ladder.holders(matter), ...(matter.origin ? [matter.origin] : [])];
    // The pair of the office that has the matter comes before those of whoever raised it.
    for (const party of own.filter((one) => one.side !== side)) {
      const pairs = (await manager.query(PAIRS, [[party.id], side])) as { id: string }[];
      if (pairs.length > 1) break;
      if (pairs.length === 1) return { id: pairs[0]!.id, side };
    }
    throw problem('matter.counterpart-unclear', { errors: [{ pointer: '/to', code: 'required' }] });
  }
}

const namedCounterpart = async (manager: EntityManager, id: string, side: Side): Promise<Party & { side: Side }> => {
  const [found] = (await manager.query('select side from organization where id = $1', [id])) as { side: Side }[];
  if (found?.side === side) return { id, side };
  throw problem('matter.not-a-counterpart', { errors: [{ pointer: '/to', code: 'invalid-value' }] });
};

/** Nobody can answer what nobody shows them. */
const mustBeSeenBy = ({ state, audience, ownerId, ownerSide }: MatterFacts, { id, side }: Party & { side: Side }) => {
  const official = { kind: 'account', id, roles: ['official'], side, organizationId: id, translatesInto: [] } as const;
  if (!can(official, 'read', 'matter', { state, audience, ownerId, ownerSide }))
    throw problem('matter.counterpart-cannot-see');
};
