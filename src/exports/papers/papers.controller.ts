import { Controller } from '@nestjs/common';
import { Asked, Id, Route, type RouteDeclaration } from '../../infra/http/route.js';
import type { Ask } from '../../kernel/exchange.js';
import { DOCX_TYPE, MeetingPapers } from './meeting-papers.js';
import type { PaperKind } from './paper.js';

const paperRoute = (kind: PaperKind): RouteDeclaration => ({
  method: 'get',
  path: `meetings/:id/${kind}.docx`,
  permission: 'meeting.read',
  open: true,
  operation: `meeting-${kind}-paper`,
  resource: 'meeting',
  parameters: ['copyFor'],
  required: ['copyFor'],
  codes: { copyFor: 'language' },
  answer: { file: DOCX_TYPE },
  status: 200,
});

/** Papers of a meeting in two languages, a copy for each side. */
@Controller()
export class PapersController {
  constructor(private readonly papers: MeetingPapers) {}

  @Route(paperRoute('minutes'))
  minutes(@Asked() ask: Ask, @Id() id: string) {
    return this.papers.docx(ask, id, 'minutes');
  }

  @Route(paperRoute('agenda'))
  agenda(@Asked() ask: Ask, @Id() id: string) {
    return this.papers.docx(ask, id, 'agenda');
  }

  @Route(paperRoute('invitation'))
  invitation(@Asked() ask: Ask, @Id() id: string) {
    return this.papers.docx(ask, id, 'invitation');
  }
}
