import type { LanguageMap } from '../../../kernel/languages.js';
import { Code, Flag, Identifier, Items, Localized } from '../../../resource/fields.js';
import type { LocalizedText } from '../../../resource/values.js';

/** A mechanism or an organization in the graph. */
export class GraphNode {
  @Identifier({ required: true })
  id: string;

  @Code('graphNodeKind', { required: true })
  kind: 'mechanism' | 'organization';

  @Localized({ required: true })
  name: LocalizedText & LanguageMap;

  /** The side that it belongs to; none for a mechanism of both sides. */
  @Code('sideOrOther')
  side: string | null;

  @Code('level')
  level: string | null;

  @Code('mechanismStatus')
  status: string | null;

  /** Whether it is the mechanism that was asked for. */
  @Flag({ required: true })
  focus: boolean;
}

/** How two of them are connected. */
export class GraphEdge {
  @Identifier({ required: true })
  from: string;

  @Identifier({ required: true })
  to: string;

  @Code('graphEdgeKind', { required: true })
  kind: 'part-of' | 'escalates-to' | 'member' | 'party' | 'secretariat' | 'pairing';

  @Code('membershipRole')
  role: string | null;

  /** The post that holds the seat. */
  @Localized()
  post: (LocalizedText & LanguageMap) | null;

  /** Field of a pairing. */
  @Code('pairingField')
  field: string | null;
}

/** A mechanism with its members, what is above it and what is below. */
export class MechanismGraph {
  @Items(() => GraphNode)
  nodes: GraphNode[];

  @Items(() => GraphEdge)
  edges: GraphEdge[];
}
