import type { Element } from '@xmldom/xmldom';
import { childrenOf } from '../../../infra/xml/safe-xml.js';
import { CONTENT_LANGUAGE, type Language, otherLanguage } from '../../../kernel/languages.js';
import type { Standing } from '../../../kernel/translation-workflow.js';
import { xmlAttribute, xmlText } from '../../../kernel/xml-text.js';
import { type LeavingUnit, type ReturnedUnit, UnreadableFile } from './exchange-file.js';
import { CODE_POINT, hexOf, PlaceholderNumbers, textBelow, writeParts } from './inline.js';
import { byRecord, languageOfTag } from './records.js';

/** Namespace of XLIFF 1.2. */
export const XLIFF12 = 'urn:oasis:names:tc:xliff:document:1.2';

/** States of a translation that is there; machine translation says so. */
const STATES: Record<Exclude<Standing, 'missing'>, string> = {
  stale: 'state="needs-translation"',
  machine: 'state="needs-translation" state-qualifier="mt-suggestion"',
  draft: 'state="translated"',
  'in-review': 'state="needs-review-translation"',
  approved: 'state="final"',
};

const REVIEWED = ['needs-review-translation', 'signed-off', 'final'];

const inline = (text: string, numbers: PlaceholderNumbers): string =>
  writeParts(text, numbers, {
    words: xmlText,
    character: (value) => `<ph id="c${hexOf(value)}" ctype="${CODE_POINT}">${hexOf(value)}</ph>`,
    placeholder: (value, n) => `<ph id="p${n}">${xmlText(value)}</ph>`,
  });

const unitXml = (unit: LeavingUnit): string => {
  const numbers = new PlaceholderNumbers();
  const { standing, target } = unit;
  const source = inline(unit.source, numbers);
  const name = xmlAttribute(unit.field);
  const approved = standing === 'approved' ? ' approved="yes"' : '';
  const translation =
    standing === 'missing' ? '' : `\n        <target ${STATES[standing]}>${inline(target, numbers)}</target>`;
  return `      <trans-unit id="${unit.id}" resname="${name}" extradata="${unit.fingerprint}"${approved}>
        <source>${source}</source>${translation}
      </trans-unit>`;
};

/** Units as XLIFF 1.2, a `file` for each record. */
export const writeXliff12 = (units: readonly LeavingUnit[], into: Language): string => {
  const languages = `source-language="${CONTENT_LANGUAGE[otherLanguage(into)]}" target-language="${CONTENT_LANGUAGE[into]}"`;
  const files = byRecord(units).map((group) => {
    const original = xmlAttribute(`${group[0]!.resource}/${group[0]!.record}`);
    return `  <file original="${original}" ${languages} datatype="plaintext" xml:space="preserve">
    <body>
${group.map(unitXml).join('\n')}
    </body>
  </file>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="${XLIFF12}" version="1.2">
${files.join('\n')}
</xliff>
`;
};

const unitsBelow = (element: Element): Element[] =>
  childrenOf(element).flatMap((child) => {
    if (child.localName === 'trans-unit') return [child];
    return child.localName === 'body' || child.localName === 'group' ? unitsBelow(child) : [];
  });

const unitOf = (unit: Element, into: Language | undefined): ReturnedUnit | undefined => {
  const [id, source, target] = [unit.getAttribute('id'), childrenOf(unit, 'source')[0], childrenOf(unit, 'target')[0]];
  if (!id || !source) return undefined;
  const isReviewed = REVIEWED.includes(target?.getAttribute('state') ?? '') || unit.getAttribute('approved') === 'yes';
  return {
    ...{
      id,
      into,
      source: textBelow(source, 'ctype'),
      target: target && textBelow(target, 'ctype'),
      reviewed: isReviewed,
    },
    fingerprint: unit.getAttribute('extradata') ?? undefined,
  };
};

/** @throws UnreadableFile where a unit has no id or no source */
export const readXliff12 = (root: Element): ReturnedUnit[] => {
  const units = childrenOf(root, 'file').flatMap((file) => {
    const into = languageOfTag(file.getAttribute('target-language'));
    return unitsBelow(file).map((unit) => unitOf(unit, into));
  });
  const bad = units.indexOf(undefined);
  if (bad >= 0) throw new UnreadableFile(bad + 1);
  return units as ReturnedUnit[];
};
