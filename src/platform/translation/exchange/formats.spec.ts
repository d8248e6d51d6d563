import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LeavingUnit } from './exchange-file.js';
import { readExchangeFile } from './reading.js';
import { writeTmx } from './tmx.js';
import { writeUnitTable } from './unit-table.js';
import { writeXliff2 } from './xliff2.js';
import { writeXliff12 } from './xliff12.js';

const FORMATS = {
  xliff2: { write: writeXliff2, type: 'application/xliff+xml' },
  xliff12: { write: writeXliff12, type: 'application/xliff+xml' },
  csv: { write: writeUnitTable, type: 'text/csv' },
  tmx: { write: writeTmx, type: 'application/x-tmx+xml' },
};

const pieces = fc.constantFrom(
  ...['{{name}}', '{{count, number}}', '{{', '$t(key)', '$t(', '<b>', '&', '&amp;', ']]>', '"', "'", '=', '-', ','],
  ...['\n', '\t', ' ', '冷链', 'Склад', '𠮷', '\u0001', '\u001B', '\uFFFE', '\u00A0', '\u2028', ';', '\u0085'],
);
const text = fc.array(pieces, { minLength: 1, maxLength: 12 }).map((all) => all.join(''));
const fingerprint = `${'a'.repeat(32)}-${'b'.repeat(32)}`;

const leaving = (id: string, source: string, target: string): LeavingUnit => ({
  ...{ id, resource: 'lead', record: '01900000-0000-7000-8000-000000000001', field: 'name', source, target },
  ...{ standing: 'draft', fingerprint },
});

const read = (file: string, type: string) => readExchangeFile({ bytes: new TextEncoder().encode(file), type });

describe('exchange formats', () => {
  it.each(['xliff2', 'xliff12', 'csv'] as const)('%s: every text comes back as it left', (format) => {
    const { write, type } = FORMATS[format];
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 3 }), (pairs) => {
        const units = pairs.map(([source, target], n) => leaving(`u${n}`, source, target));
        const content = read(write(units, 'ru'), type);
        const expected = units.map(({ id, source, target }) => {
          return { id, source, target, fingerprint, into: 'ru', reviewed: false };
        });
        expect(content).toEqual({ kind: 'units', units: expected });
      }),
    );
  });

  it('tmx: every pair comes back as it left', () => {
    fc.assert(
      fc.property(text, text, (zh, ru) => {
        const content = read(writeTmx([leaving('u', zh, ru)], 'ru'), FORMATS.tmx.type);
        expect(content).toEqual({ kind: 'memory', pairs: [{ zh, ru }] });
      }),
    );
  });

  it('xliff2: reads what other programs make of a unit: groups, segments, marks and copies of placeholders', () => {
    const file = `<?xml version="1.0"?><xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="zh-CN"
      trgLang="ru-RU"><file id="f"><group id="g"><unit id="u"><originalData><data id="d">{{n}}</data></originalData>
      <segment state="final"><source>甲<ph id="1" dataRef="d"/>。</source><target><mrk id="m">А</mrk><ph id="1" dataRef="d"/>.</target></segment>
      <ignorable><source> </source></ignorable>
      <segment state="final"><source><pc id="2">乙</pc></source><target>Б<cp hex="001B"/></target></segment></unit>
      <unit id="v"><segment><source>甲</source><target>А</target></segment><segment><source>乙</source></segment></unit>
      </group></file></xliff>`;
    expect(read(file, 'application/xml')).toMatchObject({
      units: [
        { id: 'u', into: 'ru', source: '甲{{n}}。 乙', target: 'А{{n}}. Б\u001B', reviewed: true },
        { id: 'v', source: '甲乙', target: undefined, reviewed: false },
      ],
    });
  });
});
