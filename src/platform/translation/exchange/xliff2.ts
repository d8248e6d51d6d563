import type { Element } from '@xmldom/xmldom';
import { childrenOf } from '../../../infra/xml/safe-xml.js';
import { CONTENT_LANGUAGE, type Language, otherLanguage } from '../../../kernel/languages.js';
import type { Standing } from '../../../kernel/translation-workflow.js';
import { xmlAttribute, xmlText } from '../../../kernel/xml-text.js';
import { type LeavingUnit, type ReturnedUnit, UnreadableFile } from './exchange-file.js';
import { characterOf, hexOf, PlaceholderNumbers, writeParts } from './inline.js';
import { byRecord, languageOfTag } from './records.js';

/** Namespace of XLIFF 2.0 and of every later 2.x. */
export const XLIFF2 = 'urn:oasis:names:tc:xliff:document:2.0';

/** The portal's states in those of XLIFF; what it means by them stands in `subState`. */
const STATES: Record<Standing, string> = {
  missing: 'initial',
  stale: 'initial',
  machine: 'initial',
  draft: 'translated',
  'in-review': 'translated',
  approved: 'final',
};

const REVIEWED = ['reviewed', 'final'];

const inline = (text: string, numbers: PlaceholderNumbers): string =>
  writeParts(text, numbers, {
    words: xmlText,
    character: (value) => `<cp hex="${hexOf(value)}"/>`,
    placeholder: (value, n) => {
      const shown = xmlAttribute(value);
      return `<ph id="p${n}" canCopy="no" canDelete="no" dataRef="d${n}" disp="${shown}" equiv="${shown}"/>`;
    },
  });

const unitXml = (unit: LeavingUnit): string => {
  const numbers = new PlaceholderNumbers();
  const source = inline(unit.source, numbers);
  const target = unit.target === '' ? '' : `\n          <target>${inline(unit.target, numbers)}</target>`;
  const data = numbers.all().map(([n, value]) => `<data id="d${n}">${xmlText(value)}</data>`);
  const name = xmlAttribute(`${unit.resource}/${unit.record}/${unit.field}`);
  return `    <unit id="${unit.id}" name="${name}" canResegment="no">
      <notes><note category="fingerprint">${unit.fingerprint}</note></notes>${
        data.length > 0 ? `\n      <originalData>${data.join('')}</originalData>` : ''
      }
      <segment state="${STATES[unit.standing]}" subState="portal:${unit.standing}">
          <source>${source}</source>${target}
      </segment>
    </unit>`;
};

/** Units as XLIFF 2.0, a `file` for each record. */
export const writeXliff2 = (units: readonly LeavingUnit[], into: Language): string => {
  const files = byRecord(units).map(([first, ...rest]) => {
    const original = xmlAttribute(`${first!.resource}/${first!.record}`);
    return `  <file id="${first!.record}" original="${original}">
${[first!, ...rest].map(unitXml).join('\n')}
  </file>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="${XLIFF2}" version="2.0" srcLang="${CONTENT_LANGUAGE[otherLanguage(into)]}" trgLang="${
    CONTENT_LANGUAGE[into]
  }" xml:space="preserve">
${files.join('\n')}
</xliff>
`;
};

/** The text of an element; marks of other programs go, what they mark stays. */
const textOf = (element: Element, data: ReadonlyMap<string, string>): string =>
  [...element.childNodes]
    .map((node) => {
      if (node.nodeType !== 1) return node.nodeValue ?? '';
      const child = node as Element;
      if (child.localName === 'cp') return characterOf(child.getAttribute('hex'));
      if (child.localName === 'ph')
        return data.get(child.getAttribute('dataRef') ?? '') ?? child.getAttribute('equiv') ?? '';
      return textOf(child, data);
    })
    .join('');

const dataOf = (unit: Element): ReadonlyMap<string, string> => {
  const all = childrenOf(unit, 'originalData').flatMap((element) => childrenOf(element, 'data'));
  return new Map(all.map((data) => [data.getAttribute('id') ?? '', textOf(data, new Map())]));
};

const fingerprintIn = (unit: Element): string | undefined =>
  childrenOf(unit, 'notes')
    .flatMap((notes) => childrenOf(notes, 'note'))
    .find((note) => note.getAttribute('category') === 'fingerprint')?.textContent ?? undefined;

/** The texts of a unit, also where a program has cut it into segments: some without a translation leave none at all. */
const pairOf = (unit: Element, data: ReadonlyMap<string, string>): Pick<ReturnedUnit, 'source' | 'target'> => {
  const pieces = childrenOf(unit).filter(({ localName }) => localName === 'segment' || localName === 'ignorable');
  const texts = pieces.map((piece) => {
    const [source, target] = [childrenOf(piece, 'source')[0], childrenOf(piece, 'target')[0]];
    const original = source ? textOf(source, data) : '';
    const between = piece.localName === 'ignorable' ? original : undefined;
    return { original, translation: target ? textOf(target, data) : between };
  });
  const isComplete = texts.every(({ translation }) => translation !== undefined);
  return {
    source: texts.map(({ original }) => original).join(''),
    target: isComplete ? texts.map(({ translation }) => translation).join('') : undefined,
  };
};

const unitsBelow = (element: Element): Element[] =>
  childrenOf(element).flatMap((child) => {
    if (child.localName === 'unit') return [child];
    return child.localName === 'file' || child.localName === 'group' ? unitsBelow(child) : [];
  });

/** @throws UnreadableFile where a unit has no id */
export const readXliff2 = (root: Element): ReturnedUnit[] => {
  const into = languageOfTag(root.getAttribute('trgLang'));
  return unitsBelow(root).map((unit, n) => {
    const id = unit.getAttribute('id');
    if (!id) throw new UnreadableFile(n + 1);
    const segments = childrenOf(unit, 'segment');
    return {
      ...{ id, into, ...pairOf(unit, dataOf(unit)), fingerprint: fingerprintIn(unit) },
      reviewed: segments.length > 0 && segments.every((one) => REVIEWED.includes(one.getAttribute('state') ?? '')),
    };
  });
};
