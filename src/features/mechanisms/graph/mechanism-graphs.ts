import { Injectable } from '@nestjs/common';
import { Database } from '../../../infra/database/database.js';
import { languagesOf } from '../../../infra/http/negotiation.js';
import { Texts } from '../../../infra/i18n/texts.js';
import type { Side } from '../../../kernel/actor.js';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { CONTENT_LANGUAGE, type LanguageMap } from '../../../kernel/languages.js';
import { problem } from '../../../kernel/problems.js';
import { jsonReply, textReply } from '../../../resource/reply.js';
import { readContext, scopeOf } from '../../../resource/scope.js';
import { resourceOf } from '../../../resource/spec.js';
import { Stores } from '../../../resource/stores.js';
import { graphSql } from './graph-facts.js';
import { layoutOf } from './graph-layout.js';
import { graphSvg } from './graph-svg.js';
import type { GraphEdge, GraphNode, MechanismGraph } from './mechanism-graph.js';

/** Media type of a picture. */
export const SVG_TYPE = 'image/svg+xml';

/** Kinds of lines in the order in which the legend explains them. */
const LEGEND = ['escalates-to', 'part-of', 'secretariat', 'member', 'party', 'pairing'] as const;

/** Edges as their ends stand among the nodes. */
const inOrder = ({ nodes, edges }: MechanismGraph): MechanismGraph => {
  const places = new Map(nodes.map(({ id }, place) => [id, place]));
  const rank = ({ from, to, kind }: GraphEdge) => [LEGEND.indexOf(kind), places.get(from) ?? 0, places.get(to) ?? 0];
  const before = (a: number[], b: number[]) => a.map((n, at) => n - b[at]!).find((difference) => difference !== 0) ?? 0;
  return { nodes, edges: edges.toSorted((a, b) => before(rank(a), rank(b))) };
};

/** Mechanisms with what surrounds them, as data and as a picture. */
@Injectable()
export class MechanismGraphs {
  constructor(
    private readonly database: Database,
    private readonly stores: Stores,
    private readonly texts: Texts,
  ) {}

  /** @throws `resource.not-found`, `resource.gone` */
  async graph(ask: Ask, id: string): Promise<Reply> {
    return jsonReply(JSON.stringify(await this.read(ask, id)), ask.choice);
  }

  /**
   * The same as a picture. In one language its reader's own side stands on the left; in both, the side of the body
   * that keeps the mechanism's record, so that neither comes first by rule.
   */
  async picture(ask: Ask, id: string): Promise<Reply> {
    const { nodes, edges } = await this.read(ask, id);
    const left = ask.choice === 'all' ? await this.keeper(id) : ask.choice === 'zh' ? 'cn' : 'ru';
    const right: Side = left === 'cn' ? 'ru' : 'cn';
    const layout = layoutOf({ nodes, edges }, left, {
      name: ({ name }) => this.said(ask, name),
      note: (node) => this.noteOf(ask, node, edges),
    });
    const focus = nodes.find((node) => node.focus);
    const svg = graphSvg(layout, {
      language: ask.choice === 'all' ? 'mul' : CONTENT_LANGUAGE[ask.choice],
      title: focus ? this.said(ask, focus.name) : '',
      left: this.word(ask, `vocabularies:sideOrOther.codes.${left}`),
      right: this.word(ask, `vocabularies:sideOrOther.codes.${right}`),
      middle: this.word(ask, 'resources:mechanism.many'),
      legend: LEGEND.filter((kind) => edges.some((edge) => edge.kind === kind)).map((kind) => ({
        kind,
        text: this.word(ask, `vocabularies:graphEdgeKind.codes.${kind}`),
      })),
    });
    return textReply(svg, SVG_TYPE, ask.choice);
  }

  private async read(ask: Ask, id: string): Promise<MechanismGraph> {
    await this.stores.of(resourceOf('mechanism')).mustSee(ask, id);
    const scope = scopeOf(ask.actor);
    const read = readContext(scope, ask.choice, ask.fallback);
    const text = graphSql(read, `$${scope.parameters.length + 1}::uuid`);
    const [row] = await this.database.rows({ text, values: [...scope.parameters, id] });
    if (!row) throw problem('resource.not-found');
    return inOrder(JSON.parse(row[0]!) as MechanismGraph);
  }

  private async keeper(id: string): Promise<Side> {
    const text = 'select o.side from mechanism m left join organization o on o.id = m.owner_id where m.id = $1';
    const [row] = await this.database.rows({ text, values: [id] });
    return row?.[0] === 'ru' ? 'ru' : 'cn';
  }

  /** What a box says below the name: a member's seat, or the status of a mechanism. */
  private noteOf(ask: Ask, { id, kind, status, focus }: GraphNode, edges: readonly GraphEdge[]): string | null {
    if (kind === 'mechanism') return status ? this.word(ask, `vocabularies:mechanismStatus.codes.${status}`) : null;
    const seat = edges.find(({ from, kind: tie }) => from === id && tie === 'member');
    if (!seat?.role || focus) return null;
    return this.word(ask, `vocabularies:membershipRole.codes.${seat.role}`);
  }

  private word(ask: Ask, key: string): string {
    return languagesOf(ask.choice)
      .map((language) => this.texts.t(language, key))
      .join(' / ');
  }

  /** A name in the languages asked for; where one is missing, in the one that there is. */
  private said(ask: Ask, name: LanguageMap): string {
    const shown = languagesOf(ask.choice).flatMap((language) => name[language] ?? []);
    return (shown.length > 0 ? shown : Object.values(name)).join(' / ');
  }
}
