import { Injectable } from '@nestjs/common';
import { projectFolder } from '../../infra/config/config.js';
import type { Glossary } from '../../kernel/checks/glossary-index.js';
import { projectGlossary } from '../glossary/checks-report.js';

/** The terms that translations are checked against, read when they are first asked for. */
@Injectable()
export class GlossarySource {
  private compiled: Glossary | undefined;

  get glossary(): Glossary {
    this.compiled ??= projectGlossary(projectFolder);
    return this.compiled;
  }
}
