import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Texts } from '../../infra/i18n/texts.js';
import type { Ask, Reply } from '../../kernel/exchange.js';
import { isLanguage, LANGUAGES, type Language } from '../../kernel/languages.js';
import { problem } from '../../kernel/problems.js';
import { composePaper } from './compose.js';
import { attachment } from './file-name.js';
import { type LaidOut, layOut } from './layout/layout.js';
import type { PaperKind } from './paper.js';
import { PaperSources } from './paper-source.js';

/** Media type of DOCX files. */
export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Papers of meetings as files, with what the asker may see. */
@Injectable()
export class MeetingPapers {
  constructor(
    private readonly sources: PaperSources,
    private readonly texts: Texts,
  ) {}

  /**
   * One copy of a paper.
   * @throws `request.invalid-parameter` where nothing says for whom the copy is, and what the read of the meeting throws
   */
  async docx(ask: Ask, id: string, kind: PaperKind): Promise<Reply> {
    const copyFor = copyOf(ask);
    const paper = composePaper(kind, await this.sources.of(ask, id));
    const words = this.texts.t.bind(this.texts);
    const laidOut = layOut(paper, { copyFor, words });
    // The library is large, and most processes never draw a paper.
    const { drawDocx } = await import('./docx/document.js');
    return {
      status: 200,
      body: await drawDocx(laidOut, words(copyFor, 'calendar:name')),
      type: DOCX_TYPE,
      etag: tagOf(laidOut),
      languages: [...LANGUAGES],
      headers: { 'Content-Disposition': attachment(`${kind}-${copyFor}`, laidOut.name, 'docx') },
    };
  }
}

const copyOf = ({ parameters }: Ask): Language => {
  const copyFor = parameters.get('copyFor');
  if (isLanguage(copyFor)) return copyFor;
  const code = copyFor === undefined ? 'required' : 'invalid-value';
  throw problem('request.invalid-parameter', { errors: [{ parameter: 'copyFor', code }] });
};

/** Weak, since a file bears the moment at which it was drawn: equal tags promise the same paper, not the same bytes. */
const tagOf = (paper: LaidOut): string =>
  `W/"${paper.copyFor}-${hash('sha256', JSON.stringify(paper), 'base64url').slice(0, 27)}"`;
