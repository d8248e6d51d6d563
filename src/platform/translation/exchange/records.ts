import { isLanguage, type Language } from '../../../kernel/languages.js';
import type { LeavingUnit } from './exchange-file.js';

/** Units in groups of one record each, in the order in which the records come first. */
export const byRecord = (units: readonly LeavingUnit[]): LeavingUnit[][] => {
  const groups = new Map<string, LeavingUnit[]>();
  for (const unit of units) groups.set(unit.record, [...(groups.get(unit.record) ?? []), unit]);
  return [...groups.values()];
};

/** The portal's language of a BCP 47 tag: by its first part, since programs write `zh-CN` as well as `zh-Hans`. */
export const languageOfTag = (tag: string | null | undefined): Language | undefined => {
  const primary = tag?.trim().toLowerCase().split(/[-_]/)[0];
  return isLanguage(primary) ? primary : undefined;
};
