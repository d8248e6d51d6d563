import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseXml, XmlFault } from '../../infra/xml/safe-xml.js';
import { changedMembers, type TermValues } from './term-values.js';
import { csvOfTerms, termsOfCsv } from './terms-csv.js';
import { tbxOfTerms, termsOfTbx } from './terms-tbx.js';

const TABLE = readFileSync(new URL('../../../glossary/terms.csv', import.meta.url), 'utf8');
const ID = '01900000-0000-7000-8000-000000000001';

const word = fc.stringMatching(/^[а-яё一-龥<>&"'a-z]{1,6}( [а-я]{1,5})?$/);
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 3 });
const both = (one: fc.Arbitrary<string[]>) => fc.record({ zh: one, ru: one }, { requiredKeys: ['zh'] });
const term: fc.Arbitrary<TermValues> = fc.record(
  {
    name: fc.record({ zh: word, ru: word }),
    domain: fc.constantFrom('place-cn', 'place-ru', 'body', 'zone'),
    grade: fc.constantFrom('own', 'A', 'B', 'P', 'E'),
    use: fc.constantFrom('required', 'advised'),
    partOfSpeech: fc.constantFrom('noun', 'proper-noun', 'verb', 'unit', 'formula'),
    validFrom: fc.constantFrom('2026-01-01', '2025-12-31'),
    validUntil: fc.constant('2027-06-30'),
    attestation: word,
    note: word,
    variants: both(words),
    forms: both(words),
    exceptions: fc.record({ zh: words }),
    deprecated: both(words),
    forbidden: both(words),
  },
  { requiredKeys: ['name', 'domain', 'grade', 'use'] },
);
const terms = fc.array(term, { minLength: 1, maxLength: 5 });

describe('terms as TBX', () => {
  test('are read back as they were written, whatever they hold', () => {
    fc.assert(
      fc.property(terms, (list) => {
        const file = tbxOfTerms(
          list.map((values) => ({ id: ID, values })),
          'https://example.org',
        );
        const read = termsOfTbx(file);
        expect(read.map(({ id }) => id)).toEqual(list.map(() => ID));
        expect(read.flatMap(({ values }, n) => changedMembers(list[n]!, values))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('have the elements and categories of TBX-Basic in the DCA style', () => {
    const [first] = termsOfCsv(TABLE);
    const root = parseXml(tbxOfTerms([{ id: ID, values: first! }], 'x'));
    expect([root.localName, root.getAttribute('style'), root.getAttribute('type')]).toEqual([
      'tbx',
      'dca',
      'TBX-Basic',
    ]);
    const parents = (name: string) => [
      ...new Set([...root.getElementsByTagName(name)].map((node) => node.parentNode?.nodeName)),
    ];
    expect(['tbxHeader', 'body', 'conceptEntry', 'langSec', 'termSec', 'term', 'termNote'].map(parents)).toEqual([
      ['tbx'],
      ['text'],
      ['body'],
      ['conceptEntry'],
      ['langSec'],
      ['termSec'],
      ['termSec'],
    ]);
    const values = (type: string) =>
      [...root.getElementsByTagName('termNote')]
        .filter((node) => node.getAttribute('type') === type)
        .map(({ textContent }) => textContent);
    expect(new Set(values('partOfSpeech'))).toEqual(new Set(['properNoun']));
    expect(new Set(values('administrativeStatus'))).toEqual(
      new Set(['preferredTerm-admn-sts', 'admittedTerm-admn-sts', 'deprecatedTerm-admn-sts']),
    );
  });

  test('of another program need no standing: the first name of each language is the term', () => {
    const file = `<tbx style="dca" type="TBX-Basic" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
      <conceptEntry id="c1"><descrip type="subjectField">zone</descrip>
        <langSec xml:lang="zh-CN"><termSec><term>园区</term></termSec><termSec><term>园</term></termSec></langSec>
        <langSec xml:lang="ru"><termSec><term>зона</term></termSec></langSec>
        <langSec xml:lang="en"><termSec><term>zone</term></termSec></langSec></conceptEntry></body></text></tbx>`;
    expect(termsOfTbx(file)).toEqual([
      {
        values: {
          name: { zh: '园区', ru: 'зона' },
          domain: 'zone',
          grade: 'own',
          use: 'required',
          variants: { zh: ['园'] },
        },
      },
    ]);
  });

  test.each([
    ['a document type', '<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx/>', XmlFault],
    ['what is not well-formed', '<tbx><body></tbx>', XmlFault],
    ['another format', '<martif/>', RangeError],
    ['nothing', '', XmlFault],
  ])('are refused where a file holds %s', (_, file, fault) => {
    expect(() => termsOfTbx(file)).toThrow(fault);
  });
});

describe('terms as a table', () => {
  test('are read back as they were written', () => {
    fc.assert(
      fc.property(terms, (list) => {
        const read = termsOfCsv(csvOfTerms(list));
        expect(read.flatMap((values, n) => changedMembers(list[n]!, values))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('are the very table that the project keeps, with its validity', () => {
    const lines = csvOfTerms(termsOfCsv(TABLE)).split('\n');
    const kept = TABLE.split(/\r?\n/).map((line, n) => line && `${line},${n === 0 ? 'valid_from,valid_until' : ','}`);
    expect(lines.slice(0, kept.length)).toEqual(kept);
  });
});
