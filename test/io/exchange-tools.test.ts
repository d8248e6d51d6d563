import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exported, imported, outcomes } from '../support/exchange.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { type Bureau, Translation } from '../support/translation.js';

/**
 * The schemas of OASIS, unpacked from Debian's `php-symfony-translation` (`.ci/run`), and the translate-toolkit of Debian;
 * wherever changes are judged they have to be there.
 */
const SCHEMAS = join(tmpdir(), 'portal-xliff-schemas');
const TOOLKIT = '/usr/lib/python3/dist-packages/translate/storage/xliff.py';
const XMLLINT = '/usr/bin/xmllint';
const areThere = existsSync(join(SCHEMAS, 'xliff-core-2.0.xsd')) && existsSync(XMLLINT);
const withSchemas = areThere || process.env.CI ? it : it.skip;
const withToolkit = existsSync(TOOLKIT) || process.env.CI ? it : it.skip;
if (!areThere) process.stderr.write('\nXLIFF FILES WERE NOT VALIDATED: the schemas or xmllint are missing\n\n');
if (!existsSync(TOOLKIT)) process.stderr.write('\nXLIFF FILES WERE NOT READ BY TRANSLATE-TOOLKIT: it is missing\n\n');

let portal: TestPortal;
let work: Translation;
let people: Bureau;
const folder = mkdtempSync(join(tmpdir(), 'portal-exchange-'));
beforeAll(async () => {
  portal = await startPortal();
  work = await Translation.on(portal);
  people = work.people;
});
afterAll(async () => {
  await portal?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Finds the schema of `xml:lang` beside the others, where the schemas name addresses. */
const catalog = (): string => {
  const xml = pathToFileURL(join(SCHEMAS, 'xml.xsd')).href;
  const named = ['http://www.w3.org/2001/xml.xsd', join(SCHEMAS, 'informativeCopiesOf3rdPartySchemas/w3c/xml.xsd')];
  const entries = named.map((name) => `<system systemId="${name}" uri="${xml}"/><uri name="${name}" uri="${xml}"/>`);
  const file = join(folder, 'catalog.xml');
  writeFileSync(file, `<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">${entries.join('')}</catalog>`);
  return file;
};

const validate = (schema: string, text: string): void => {
  const file = join(folder, 'units.xlf');
  writeFileSync(file, text);
  execFileSync(XMLLINT, ['--nonet', '--noout', '--schema', join(SCHEMAS, schema), file], {
    env: { XML_CATALOG_FILES: catalog() },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
};

/** Reads a file in the hands of a stranger, who may translate one unit, and writes it again. */
const SCRIPT = `
import sys
from translate.storage.xliff import xlifffile
from translate.storage.tmx import tmxfile
from translate.storage.placeables import StringElem
path, kind, wanted, target = sys.argv[1:5]
with open(path, 'rb') as file:
    store = (tmxfile if kind == 'tmx' else xlifffile).parsestring(file.read())
for unit in store.units:
    if wanted and unit.getid().endswith(wanted):
        places = [part for part in unit.rich_source[0].sub if part.has_content and 'ph' in repr(part)[:20]]
        unit.rich_target = [StringElem([target, *places])]
        unit.markapproved()
with open(path, 'wb') as file:
    file.write(bytes(store))
print(len(store.units))
`;

const inStrangersHands = (
  text: string,
  kind: 'xliff' | 'tmx',
  unit = '',
  target = '',
): { text: string; units: number } => {
  const file = join(folder, `strange.${kind}`);
  writeFileSync(file, text);
  const units = Number(
    execFileSync('/usr/bin/python3', ['-c', SCRIPT, file, kind, unit, target], { encoding: 'utf8' }),
  );
  return { text: readFileSync(file, 'utf8'), units };
};

const XML = 'application/xliff+xml';

describe('exchange files in the hands of other programs', () => {
  withSchemas(
    'XLIFF 2.0 and 1.2 are valid by the schemas of OASIS, awkward texts and every state included',
    async () => {
      const summary = { zh: '“项目” {{name}} <b>&</b>\n$t(key) ]]>', ru: '{{name}} $t(key) {{name}}' };
      const id = await work.lead({ name: { zh: '冷链项目', ru: 'Холодовой проект' }, summary });
      await work.settle(await work.unit(id), 'Проект холодовой цепи');
      for (const query of [`record=${id}`, 'resource=zone,policy', 'resource=lead&state=missing,draft,stale']) {
        for (const into of ['ru', 'zh']) {
          const asked = `into=${into}&${query}`;
          if ((await work.list(people.official, `language=${into}&${query}`)).length === 0) continue;
          validate('xliff-core-2.0.xsd', (await exported(portal, people.official, 'xliff2', asked)).text);
          validate('xliff-core-1.2-strict.xsd', (await exported(portal, people.official, 'xliff12', asked)).text);
        }
      }
      expect(() => validate('xliff-core-2.0.xsd', '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0"/>')).toThrow();
    },
  );

  withToolkit(
    'XLIFF 1.2 goes through translate-toolkit: without an edit nothing changes, with one that unit alone',
    async () => {
      const id = await work.lead({ name: { zh: '项目{{name}}' }, summary: { zh: '“冷链” <b>&</b>\n仓储。' } });
      const { text } = await exported(portal, people.intoRussian, 'xliff12', `into=ru&record=${id}`);
      const same = inStrangersHands(text, 'xliff');
      expect(same.units).toBe(2);
      const unchanged = await imported(portal, people.intoRussian, same.text, XML);
      expect(outcomes(unchanged.body)).toEqual(['unchanged', 'unchanged']);
      const unit = await work.unit(id);
      const edited = inStrangersHands(text, 'xliff', unit.id, 'Проект ');
      const done = await imported(portal, people.intoRussian, edited.text, XML);
      expect(outcomes(done.body).sort()).toEqual(['applied', 'unchanged']);
      expect(await work.unit(id)).toMatchObject({ texts: { ru: 'Проект {{name}}' }, state: 'in-review' });
      expect((await work.unit(id, 'summary')).state).toBe('missing');
    },
  );

  withToolkit('TMX goes through translate-toolkit', async () => {
    const id = await work.lead({ name: { zh: '边境冷链中心' } });
    await work.settle(await work.unit(id), 'Пограничный холодовой центр');
    const { text } = await exported(portal, people.intoRussian, 'tmx', `into=ru&record=${id}`);
    const strange = inStrangersHands(text, 'tmx');
    expect(strange.units).toBe(1);
    const next = await work.lead({ name: { zh: '边境冷链中心' } });
    const done = await imported(portal, people.intoRussian, strange.text, 'application/x-tmx+xml');
    expect(outcomes(done.body)).toEqual(['applied']);
    expect((await work.unit(next)).texts.ru).toBe('Пограничный холодовой центр');
  });
});
