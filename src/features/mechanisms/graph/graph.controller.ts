import { Controller } from '@nestjs/common';
import { Asked, Id, Route } from '../../../infra/http/route.js';
import type { Ask } from '../../../kernel/exchange.js';
import { MechanismGraph } from './mechanism-graph.js';
import { MechanismGraphs, SVG_TYPE } from './mechanism-graphs.js';

/** Who sits in a mechanism, what it belongs to and where its unsolved questions go. */
@Controller('mechanisms')
export class GraphController {
  constructor(private readonly graphs: MechanismGraphs) {}

  @Route({
    method: 'get',
    path: ':id/graph',
    permission: 'mechanism.read',
    open: true,
    operation: 'mechanism-graph',
    resource: 'mechanism',
    answer: { shape: MechanismGraph },
    status: 200,
  })
  graph(@Asked() ask: Ask, @Id() id: string) {
    return this.graphs.graph(ask, id);
  }

  @Route({
    method: 'get',
    path: ':id/graph.svg',
    permission: 'mechanism.read',
    open: true,
    operation: 'mechanism-graph-picture',
    resource: 'mechanism',
    answer: { text: SVG_TYPE },
    status: 200,
  })
  picture(@Asked() ask: Ask, @Id() id: string) {
    return this.graphs.picture(ask, id);
  }
}
