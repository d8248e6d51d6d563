import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exported, imported, outcomes } from '../../support/exchange.js';
import { startPortal, type TestPortal } from '../../support/portal.js';
import { type Bureau, refusal, Translation } from '../../support/translation.js';

let portal: TestPortal;
let work: Translation;
let people: Bureau;
beforeAll(async () => {
  portal = await startPortal();
  work = await Translation.on(portal);
  people = work.people;
});
afterAll(() => portal?.close());

const take = (body: string | Uint8Array<ArrayBuffer>, type = 'application/xliff+xml', query = '') =>
  imported(portal, people.intoRussian, body, type, query);
const XLIFF = 'urn:oasis:names:tc:xliff:document:2.0';
const xliff = (inner: string, head = '') =>
  `<?xml version="1.0"?>${head}<xliff xmlns="${XLIFF}" version="2.0" srcLang="zh" trgLang="ru">${inner}</xliff>`;
const utf16 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));

/** Characters of one encoding by their bytes, found by decoding every two of them. */
const encode = (text: string, encoding: string): Uint8Array<ArrayBuffer> => {
  const decoder = new TextDecoder(encoding);
  const known = new Map<string, number[]>();
  for (let first = 0; first < 256; first += 1) {
    known.set(decoder.decode(new Uint8Array([first])), [first]);
    for (let second = 0x40; first >= 0x81 && second < 255; second += 1)
      known.set(decoder.decode(new Uint8Array([first, second])), [first, second]);
  }
  return new Uint8Array([...text].flatMap((character) => known.get(character)!));
};

describe('files of strangers', () => {
  it('E79 document types, entities and bombs → 400, nothing is fetched or swollen', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${'bcdefgh'
      .split('')
      .map((name, n) => `<!ENTITY ${name} "${`&${'abcdefg'[n]};`.repeat(10)}">`)
      .join('')}]>`;
    for (const head of [
      '<!DOCTYPE xliff SYSTEM "file:///etc/passwd">',
      '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1/">]>',
      bomb,
    ])
      expect(refusal(await take(xliff('<file id="f">&e;</file>', head)))).toEqual([400, 'exchange.unsafe']);
    const deep = xliff(`${'<group id="g">'.repeat(5_000)}${'</group>'.repeat(5_000)}`);
    expect(refusal(await take(deep))).toEqual([400, 'exchange.unsafe']);
    const subset = '<!DOCTYPE tmx SYSTEM "tmx14.dtd" [<!ENTITY e "x">]><tmx version="1.4"><body/></tmx>';
    expect(refusal(await take(subset, 'text/xml'))).toEqual([400, 'exchange.unsafe']);
  });

  it('refuses what is no exchange file', async () => {
    for (const text of [
      '<',
      '<html/>',
      'x',
      xliff('<file id="f">&nope;</file>'),
      xliff('<file>'),
      '<xliff version="2.0"/>',
    ])
      expect(refusal(await take(text))).toEqual([400, 'exchange.unreadable']);
    expect(refusal(await take(xliff('<file id="f"><unit/></file>')))).toEqual([400, 'exchange.unreadable']);
    for (const text of ['a,b\n1,2\n', 'id;source;targetLanguage;target;fingerprint\n', '"open'])
      expect(refusal(await take(text, 'text/csv'))).toEqual([400, 'exchange.unreadable']);
    expect(refusal(await take('', 'text/csv'))).toEqual([400, 'request.body-required']);
    expect(refusal(await take('x', 'text/csv', '?dryRun=yes'))).toEqual([400, 'request.invalid-parameter']);
  });

  it('C40 C41 C53 other media types, packed and overlarge bodies', async () => {
    for (const type of ['application/json', 'text/plain', 'multipart/form-data'])
      expect(refusal(await take('{}', type))).toEqual([415, 'request.unsupported-media-type']);
    const headers = { 'Content-Type': 'text/csv', 'Content-Encoding': 'gzip' };
    const packed = await portal.ask('/translation-units/import', {
      ...{ method: 'POST', actor: people.intoRussian, body: 'x', headers },
    });
    expect(refusal(packed)).toEqual([415, 'request.unsupported-encoding']);
    expect(refusal(await take(' '.repeat(8 * 1_048_576 + 1), 'text/csv'))).toEqual([413, 'request.too-large']);
    const header = 'id,source,targetLanguage,target,fingerprint\n';
    expect(refusal(await take(header + 'x,x,ru,x,x\n'.repeat(201), 'text/csv'))).toEqual([400, 'exchange.too-many']);
    expect(outcomes((await take(`${header}x,x,ru,x,x\n`, 'text/csv')).body.report)).toEqual(['unknown-unit']);
  });

  it('C50 files of nothing but structure → 400, and the portal lives on', async () => {
    expect(refusal(await take('\n'.repeat(8_000_000), 'text/csv'))).toEqual([400, 'exchange.unreadable']);
    expect(refusal(await take(','.repeat(8_000_000), 'text/csv'))).toEqual([400, 'exchange.unreadable']);
    const attributes = Array.from({ length: 400_000 }, (_, n) => `a${n}=""`).join(' ');
    for (const text of ['<a/>'.repeat(200_000), '<!---->'.repeat(200_000), `<b ${attributes}/>`])
      expect(refusal(await take(xliff(text)))).toEqual([400, 'exchange.unsafe']);
    expect((await portal.ask('/translation-units/export?format=csv&into=ru', { actor: people.official })).status).toBe(
      200,
    );
  });

  it('E83 CSV in other encodings → the right text or a clear 400', async () => {
    const id = await work.lead();
    const { text } = await exported(portal, people.intoRussian, 'csv', `into=ru&record=${id}`);
    const file = text.replace(',ru,,', ',ru,Холод,').replaceAll('\n', '\r\n');
    const dry = (body: string | Uint8Array<ArrayBuffer>, type = 'text/csv') => take(body, type, '?dryRun=true');
    const chinese = encode(file, 'gb18030');
    for (const answer of [
      await dry(`\uFEFF${file}`),
      await dry(utf16(file)),
      await dry(utf16(file), 'text/csv; charset=utf-16'),
      await dry(chinese, 'text/csv; charset=GB18030'),
      await dry(chinese, 'text/csv; charset=gbk'),
    ])
      expect(outcomes(answer.body)).toEqual(['applied']);
    expect(refusal(await dry(chinese))).toEqual([400, 'exchange.encoding']);
    expect(refusal(await dry(file, 'text/csv; charset=koi8-r'))).toEqual([400, 'exchange.encoding']);
    // Read in a wrong encoding the original is no longer the portal's: no other words are written.
    expect(outcomes((await dry(chinese, 'text/csv; charset=windows-1251')).body)).toEqual(['source-edited']);
    const intoChinese = await work.record('leads', { kind: 'investment', sourceLanguage: 'ru', name: { ru: 'Холод' } });
    const russian = await exported(portal, people.official, 'csv', `into=zh&record=${intoChinese}`);
    const edited = encode(russian.text.replace(',zh,,', ',zh,LNG,'), 'windows-1251');
    const answer = await imported(portal, people.official, edited, 'text/csv; charset=windows-1251', '?dryRun=true');
    expect(outcomes(answer.body)).toEqual(['applied']);
  });

  it('E83 XML in UTF-16 is read, and one that names another encoding refused', async () => {
    const id = await work.lead();
    const { text } = await exported(portal, people.intoRussian, 'xliff12', `into=ru&record=${id}`);
    expect(outcomes((await take(utf16(text.replace('UTF-8', 'UTF-16')))).body)).toEqual(['unchanged']);
    expect(refusal(await take(text.replace('UTF-8', 'windows-1251')))).toEqual([400, 'exchange.encoding']);
  });
});
