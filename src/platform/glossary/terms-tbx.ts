import type { Element } from '@xmldom/xmldom';
import { childrenOf, parseXml } from '../../infra/xml/safe-xml.js';
import { LANGUAGES, type Language } from '../../kernel/languages.js';
import { xmlAttribute, xmlText } from '../../kernel/xml-text.js';
import { LIST_FIELDS, type ListField, type TermValues } from './term-values.js';

/**
 * TBX-Basic in the DCA style of ISO 30042:2019: what the dialect has a data category for stands in it, and what only
 * the portal knows stands in `projectSubset` as `key=value`.
 */
const TBX_NAMESPACE = 'urn:iso:std:iso:30042:ed-2';

/** A term of a file, with the id of its record where the file came from this portal. */
export type TbxTerm = { id?: string; values: TermValues };

type Status = 'preferredTerm' | 'admittedTerm' | 'supersededTerm' | 'deprecatedTerm';
type Naming = { field: 'name' | Exclude<ListField, 'exceptions'>; status: Status; isForm?: boolean };

/** What a name of the term is, in the words of TBX: the portal's forbidden form is what TBX calls deprecated. */
const NAMINGS: readonly Naming[] = [
  { field: 'name', status: 'preferredTerm' },
  { field: 'variants', status: 'admittedTerm' },
  { field: 'forms', status: 'admittedTerm', isForm: true },
  { field: 'deprecated', status: 'supersededTerm' },
  { field: 'forbidden', status: 'deprecatedTerm' },
];

const STATUS_END = '-admn-sts';

/** Parts of speech that TBX-Basic knows by a name of its own; all others are `other` there. */
const KNOWN_PARTS: Readonly<Record<string, string>> = {
  noun: 'noun',
  'proper-noun': 'properNoun',
  verb: 'verb',
  adjective: 'adjective',
};

const element = (name: string, type: string, text: string): string =>
  `<${name} type="${xmlAttribute(type)}">${xmlText(text)}</${name}>`;

/** Members for which the dialect has no category. */
const subsets = ({ grade, use, partOfSpeech, validFrom, validUntil, exceptions }: TermValues): string[] =>
  [
    ['grade', grade],
    ['use', use],
    ['partOfSpeech', partOfSpeech && !KNOWN_PARTS[partOfSpeech] ? partOfSpeech : undefined],
    ['validFrom', validFrom],
    ['validUntil', validUntil],
    ...(exceptions?.zh ?? []).map((form) => ['exception', form]),
  ].flatMap(([key, value]) => (value ? [element('admin', 'projectSubset', `${key}=${value}`)] : []));

const termSection = (text: string, { status, isForm }: Naming, partOfSpeech: string | undefined): string => {
  const part = partOfSpeech && element('termNote', 'partOfSpeech', KNOWN_PARTS[partOfSpeech] ?? 'other');
  const notes = [
    ...(part ? [part] : []),
    ...(isForm ? [element('termNote', 'termType', 'variant')] : []),
    element('termNote', 'administrativeStatus', `${status}${STATUS_END}`),
  ];
  return `<termSec><term>${xmlText(text)}</term>${notes.join('')}</termSec>`;
};

const languageSection = (language: Language, values: TermValues): string => {
  const terms = NAMINGS.flatMap((naming) =>
    [values[naming.field]?.[language] ?? []].flat().map((text) => termSection(text, naming, values.partOfSpeech)),
  );
  return terms.length > 0 ? `<langSec xml:lang="${language}">\n${terms.join('\n')}\n</langSec>\n` : '';
};

const conceptEntry = ({ id, values }: TbxTerm, n: number): string =>
  [
    `<conceptEntry id="term-${id ?? n + 1}">`,
    element('descrip', 'subjectField', values.domain),
    ...(values.attestation ? [element('admin', 'source', values.attestation)] : []),
    ...subsets(values),
    ...(values.note ? [`<note>${xmlText(values.note)}</note>`] : []),
    `${LANGUAGES.map((language) => languageSection(language, values)).join('')}</conceptEntry>`,
  ].join('\n');

/** The terms as TBX, from which {@link termsOfTbx} reads the very same terms. */
export const tbxOfTerms = (terms: readonly TbxTerm[], origin: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dca" type="TBX-Basic" xml:lang="zh" xmlns="${TBX_NAMESPACE}">
<tbxHeader><fileDesc><sourceDesc><p>${xmlText(origin)}</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
${terms.map(conceptEntry).join('\n')}
</body></text>
</tbx>
`;

/** Child elements that hold data of a category. */
const ofType = (parent: Element, name: string, type: string): Element[] =>
  childrenOf(parent, name).filter((node) => node.getAttribute('type') === type);

const textOf = (node: Element | undefined): string => node?.textContent ?? '';

/** Which of the portal's lists a name belongs to; a name of unknown standing is one among others. */
const namingOf = (section: Element): Naming['field'] => {
  const status = textOf(ofType(section, 'termNote', 'administrativeStatus')[0]).replace(STATUS_END, '');
  const isForm = textOf(ofType(section, 'termNote', 'termType')[0]) === 'variant';
  const found = NAMINGS.find((naming) => naming.status === status && (naming.isForm ?? false) === isForm);
  return found?.field ?? 'variants';
};

const languageOf = (section: Element): Language | undefined =>
  LANGUAGES.find((language) => (section.getAttribute('xml:lang') ?? '').toLowerCase().split('-')[0] === language);

type Names = Record<Naming['field'], Partial<Record<Language, string[]>>>;

/** Every name of a concept; of a file that ranks none the first one of each language is the term. */
const namesOf = (concept: Element): Names => {
  const names: Names = { name: {}, variants: {}, forms: {}, deprecated: {}, forbidden: {} };
  for (const section of childrenOf(concept, 'langSec')) {
    const language = languageOf(section);
    if (!language) continue;
    for (const one of childrenOf(section, 'termSec')) {
      const list = names[namingOf(one)];
      list[language] = [...(list[language] ?? []), textOf(childrenOf(one, 'term')[0])];
    }
    if (!names.name[language]?.length && names.variants[language]?.length)
      names.name[language] = [names.variants[language].shift()!];
  }
  return names;
};

const subsetsOf = (concept: Element): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  for (const node of ofType(concept, 'admin', 'projectSubset')) {
    const [, key, value] = /^(\w+)=(.*)$/s.exec(textOf(node)) ?? [];
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), value!]);
  }
  return found;
};

const partOf = (concept: Element, subset: string | undefined): string | undefined => {
  const [section] = childrenOf(concept, 'langSec').flatMap((one) => childrenOf(one, 'termSec'));
  const said = section && textOf(ofType(section, 'termNote', 'partOfSpeech')[0]);
  return subset ?? Object.keys(KNOWN_PARTS).find((part) => KNOWN_PARTS[part] === said);
};

const listsOf = (names: Names, exceptions: string[] | undefined): Partial<TermValues> => {
  const lists = { ...names, exceptions: { ...(exceptions && { zh: exceptions }) } };
  return Object.fromEntries(
    LIST_FIELDS.map((field) => [
      field,
      Object.fromEntries(Object.entries(lists[field]).filter(([, forms]) => forms.length > 0)),
    ]).filter(([, byLanguage]) => Object.keys(byLanguage as object).length > 0),
  );
};

const ID = /^term-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

const termOf = (concept: Element): TbxTerm => {
  const [names, subset] = [namesOf(concept), subsetsOf(concept)];
  const one = (key: string) => subset.get(key)?.[0];
  const id = ID.exec(concept.getAttribute('id') ?? '')?.[1];
  const optional = {
    partOfSpeech: partOf(concept, one('partOfSpeech')),
    validFrom: one('validFrom'),
    validUntil: one('validUntil'),
    attestation: textOf(ofType(concept, 'admin', 'source')[0]),
    note: textOf(childrenOf(concept, 'note')[0]),
  };
  const values = {
    name: Object.fromEntries(Object.entries(names.name).map(([language, [name]]) => [language, name])),
    domain: textOf(ofType(concept, 'descrip', 'subjectField')[0]),
    ...{ grade: one('grade') ?? 'own', use: one('use') ?? 'required' },
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value)),
    ...listsOf(names, subset.get('exception')),
  };
  return { ...(id && { id }), values };
};

/**
 * Terms from a TBX file, of this portal or another program's.
 * @throws XmlFault, RangeError where it is no TBX in the DCA style
 */
export const termsOfTbx = (text: string): TbxTerm[] => {
  const root = parseXml(text);
  const isTbx = root.localName === 'tbx' && root.namespaceURI === TBX_NAMESPACE;
  if (!isTbx || root.getAttribute('style') !== 'dca') throw new RangeError('this is no TBX in the DCA style');
  const bodies = childrenOf(root, 'text').flatMap((one) => childrenOf(one, 'body'));
  return bodies.flatMap((body) => childrenOf(body, 'conceptEntry')).map(termOf);
};
