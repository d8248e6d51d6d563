import { Injectable } from '@nestjs/common';
import type { Ask, Reply } from '../../../kernel/exchange.js';
import { isLanguage, type Language, otherLanguage } from '../../../kernel/languages.js';
import { type FieldError, problem } from '../../../kernel/problems.js';
import { isVocabularyCode } from '../../../kernel/vocabularies.js';
import { nextLink } from '../../../resource/paging.js';
import { textReply } from '../../../resource/reply.js';
import { type ListedUnit, UnitQueue } from '../unit-queue.js';
import { type ExchangeFormat, fingerprintOf, type LeavingUnit, MOST_UNITS } from './exchange-file.js';
import { CSV_TYPE, TMX_TYPE, XLIFF_TYPE } from './media-types.js';
import { writeTmx } from './tmx.js';
import { writeUnitTable } from './unit-table.js';
import { writeXliff2 } from './xliff2.js';
import { writeXliff12 } from './xliff12.js';

type Format = { type: string; ending: string; write: (units: readonly LeavingUnit[], into: Language) => string };

const FORMATS: Record<ExchangeFormat, Format> = {
  xliff2: { type: XLIFF_TYPE, ending: 'xlf', write: writeXliff2 },
  xliff12: { type: XLIFF_TYPE, ending: 'xlf', write: writeXliff12 },
  csv: { type: CSV_TYPE, ending: 'csv', write: writeUnitTable },
  tmx: { type: TMX_TYPE, ending: 'tmx', write: writeTmx },
};

/** UTF-16 units of text in a file: escaped and in UTF-8 it is still one that the import takes. */
const MOST_TEXT = 1_000_000;

const leaving = ({ row, view }: ListedUnit): LeavingUnit => ({
  ...{ id: row.id, resource: row.resource, record: row.recordId, field: row.field, standing: row.standing },
  source: view.texts[otherLanguage(row.language)] ?? '',
  target: view.texts[row.language] ?? '',
  fingerprint: fingerprintOf(row.originalHash, row.textHash),
});

/** How many units fit into a file; the first one always does. */
const fitting = (units: readonly ListedUnit[]): number => {
  let size = 0;
  const tooMany = units.findIndex(({ view: { texts } }, n) => {
    size += (texts.zh?.length ?? 0) + (texts.ru?.length ?? 0);
    return n > 0 && size > MOST_TEXT;
  });
  return tooMany < 0 ? units.length : tooMany;
};

type ExportAsk = { format: ExchangeFormat; into: Language; parameters: Map<string, string> };

/** A memory holds what was approved, whatever else is asked for. */
const exportAsk = ({ parameters }: Ask): ExportAsk => {
  const { format, into } = Object.fromEntries(parameters);
  const isFormat = isVocabularyCode('exchangeFormat', format ?? '');
  const isStateOfMemory = format !== 'tmx' || ['approved', undefined].includes(parameters.get('state'));
  const bad = [
    ...(isFormat ? [] : ['format']),
    ...(isLanguage(into) ? [] : ['into']),
    ...(isStateOfMemory ? [] : ['state']),
  ];
  const errors = bad.map((parameter): FieldError => {
    return { parameter, code: parameters.has(parameter) ? 'invalid-value' : 'required' };
  });
  if (errors.length > 0) throw problem('request.invalid-parameter', { errors });
  const asked = new Map([...parameters].filter(([name]) => name !== 'format' && name !== 'into'));
  asked.set('language', into!);
  if (format === 'tmx') asked.set('state', 'approved');
  return { format: format as ExchangeFormat, into: into as Language, parameters: asked };
};

/** Units of translation as files, for programs in which translators work. */
@Injectable()
export class TranslationExport {
  constructor(private readonly queue: UnitQueue) {}

  /**
   * A file of the units that the queue shows to the asker, and the way to the next one.
   * @throws `request.invalid-parameter`, `request.invalid-cursor`, `exchange.nothing`
   */
  async file(ask: Ask): Promise<Reply> {
    const { format, into, parameters } = exportAsk(ask);
    const { units, next } = await this.queue.page({ ...ask, parameters }, MOST_UNITS, fitting);
    // Neither form of XLIFF can say that there is nothing.
    if (units.length === 0) throw problem('exchange.nothing');
    const { type, ending, write } = FORMATS[format];
    const reply = textReply(write(units.map(leaving), into), type, 'all');
    const name = `translation-${otherLanguage(into)}-${into}.${ending}`;
    return {
      ...reply,
      headers: { 'Content-Disposition': `attachment; filename="${name}"` },
      ...(next && { link: `<${nextLink(ask, next)}>; rel="next"` }),
    };
  }
}
