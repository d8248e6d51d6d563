import { ImportReport } from '../translation/exchange/import-shapes.js';
import { UnitFinding } from '../translation/unit-shapes.js';
import type { Schema } from './components.js';
import { shapeSchema } from './shape-schemas.js';
import { type Draft, INSTANT, languageMap } from './value-schemas.js';

/** Members of problems about a translation: both texts as they stand, what the checks found, until when it is claimed. */
export const translationExtensions = (draft: Draft): Record<string, Schema> => {
  const about = (name: string) => draft.words.member('problem', name);
  return {
    texts: { ...languageMap(draft), description: about('texts') },
    findings: { type: 'array', items: shapeSchema(draft, UnitFinding, 'answer'), description: about('findings') },
    report: { ...shapeSchema(draft, ImportReport, 'answer'), description: about('report') },
    claimedUntil: { ...INSTANT, description: about('claimedUntil') },
  };
};
