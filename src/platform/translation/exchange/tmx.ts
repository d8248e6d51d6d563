import type { Element } from '@xmldom/xmldom';
import { childrenOf } from '../../../infra/xml/safe-xml.js';
import { CONTENT_LANGUAGE, LANGUAGES, type Language, otherLanguage } from '../../../kernel/languages.js';
import { xmlText } from '../../../kernel/xml-text.js';
import type { LeavingUnit, MemoryPair } from './exchange-file.js';
import { CODE_POINT, hexOf, PlaceholderNumbers, textBelow, writeParts } from './inline.js';
import { languageOfTag } from './records.js';

const segment = (language: Language, text: string, numbers: PlaceholderNumbers): string => {
  const content = writeParts(text, numbers, {
    words: xmlText,
    character: (value) => `<ph type="${CODE_POINT}">${hexOf(value)}</ph>`,
    placeholder: (value, n) => `<ph x="${n}">${xmlText(value)}</ph>`,
  });
  return `<tuv xml:lang="${CONTENT_LANGUAGE[language]}"><seg>${content}</seg></tuv>`;
};

const unitXml = (unit: LeavingUnit, into: Language): string => {
  const numbers = new PlaceholderNumbers();
  const pair = [segment(otherLanguage(into), unit.source, numbers), segment(into, unit.target, numbers)];
  return `    <tu tuid="${unit.id}">${pair.join('')}</tu>`;
};

/** Approved pairs as a translation memory, TMX 1.4. */
export const writeTmx = (
  units: readonly LeavingUnit[],
  into: Language,
): string => `<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4">
  <header creationtool="cooperation-portal" creationtoolversion="1" segtype="block" o-tmf="cooperation-portal" adminlang="${
    CONTENT_LANGUAGE[into]
  }" srclang="${CONTENT_LANGUAGE[otherLanguage(into)]}" datatype="plaintext"/>
  <body>
${units.map((unit) => unitXml(unit, into)).join('\n')}
  </body>
</tmx>
`;

const pairOf = (unit: Element): Partial<MemoryPair> => {
  const texts = childrenOf(unit, 'tuv').flatMap((variant) => {
    const language = languageOfTag(variant.getAttribute('xml:lang') ?? variant.getAttribute('lang'));
    const [text] = childrenOf(variant, 'seg');
    return language && text ? [[language, textBelow(text, 'type')]] : [];
  });
  return Object.fromEntries(texts) as Partial<MemoryPair>;
};

/** Pairs of both languages; units that lack one of them are passed over. */
export const readTmx = (root: Element): MemoryPair[] =>
  childrenOf(root, 'body')
    .flatMap((body) => childrenOf(body, 'tu'))
    .map(pairOf)
    .filter((pair): pair is MemoryPair => LANGUAGES.every((language) => pair[language]));
