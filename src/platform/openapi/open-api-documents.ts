import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { projectFolder } from '../../infra/config/config.js';
import { RouteTable } from '../../infra/http/route-table.js';
import { KeptTexts } from '../../infra/i18n/kept-texts.js';
import { Texts } from '../../infra/i18n/texts.js';
import type { Language } from '../../kernel/languages.js';
import { buildDocument, type OpenApiDocument } from './document.js';
import { readExamples } from './examples.js';

/** A document as it is sent, with its strong tag. */
export type ServedDocument = { body: Buffer; etag: string };

const apiVersion = (): string =>
  (JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string }).version;

/** The OpenAPI documents of this portal, each made when it is first asked for and kept while the texts are the same. */
@Injectable()
export class OpenApiDocuments {
  private readonly served: KeptTexts<ServedDocument>;

  constructor(
    private readonly routes: RouteTable,
    private readonly texts: Texts,
  ) {
    this.served = new KeptTexts(texts);
  }

  /** @throws naming every text that the language lacks */
  build(language: Language): OpenApiDocument {
    return buildDocument(language, this.routes.entries(), this.texts, {
      version: apiVersion(),
      examples: readExamples(),
    });
  }

  serve(language: Language): ServedDocument {
    return this.served.get(language, () => {
      const body = Buffer.from(JSON.stringify(this.build(language)));
      return { body, etag: `"${language}-${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"` };
    });
  }
}
