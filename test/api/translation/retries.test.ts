import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccountActor } from '../../../src/kernel/actor.js';
import { exported, FORMATS } from '../../support/exchange.js';
import { startPortal, type TestPortal } from '../../support/portal.js';
import { type Bureau, refusal, Translation, type Unit } from '../../support/translation.js';

let portal: TestPortal;
let work: Translation;
let people: Bureau;
beforeAll(async () => {
  portal = await startPortal();
  work = await Translation.on(portal);
  people = work.people;
});
afterAll(() => portal?.close());

let keys = 0;
const newKey = () => {
  keys += 1;
  return `translation-${keys}`;
};

const post = (actor: AccountActor, path: string, key: string, json?: object) =>
  work.ask(actor, 'POST', path, json, { 'Idempotency-Key': key });

const isReplayed = ({ headers }: { headers: Headers }) => headers.get('idempotency-replayed') === 'true';

describe('a step of a text that is sent again with its key', () => {
  it('C44 is taken once: one comment, and the same answer', async () => {
    const unit = await work.unit(await work.lead());
    const [path, key] = [`/translation-units/${unit.id}/comments`, newKey()];
    const first = await post(people.official, path, key, { text: { zh: '请核对地名。' } });
    const again = await post(people.official, path, key, { text: { zh: '请核对地名。' } });
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect([isReplayed(first), isReplayed(again)]).toEqual([false, true]);
    expect((await work.get(people.official, unit.id)).body.comments).toHaveLength(1);
    const other = await post(people.official, path, key, { text: { zh: '另一条' } });
    expect(refusal(other)).toEqual([422, 'request.key-reused']);
  });

  it('C44 is still answered when the text has gone on', async () => {
    const unit = await work.unit(await work.lead());
    const key = newKey();
    const claim = () => post(people.intoRussian, `/translation-units/${unit.id}/claim`, key);
    const first = await claim();
    await work.step(people.intoRussian, unit, 'release');
    const again = await claim();
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect((await work.get(people.official, unit.id)).body.assigneeId).toBeNull();
  });

  it('C44 is one step for many, however often it is sent at once', async () => {
    const unit = await work.unit(await work.lead());
    const [json, key] = [{ action: 'request', units: [{ id: unit.id }] }, newKey()];
    const requests = async () => {
      const noted = await portal.sql("select from audit where action = 'translation.request' and object_id = $1", [
        unit.id,
      ]);
      return noted.length;
    };
    const before = await requests();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => post(people.official, '/translation-units/bulk', key, json)),
    );
    for (const answer of answers)
      if (answer.status !== 200) expect(refusal(answer)).toEqual([409, 'request.in-progress']);
    const last = await post(people.official, '/translation-units/bulk', key, json);
    expect([last.status, isReplayed(last)]).toEqual([200, true]);
    expect((await requests()) - before).toBe(1);
  });
});

describe('a file that is sent again with its key', () => {
  const bring = (file: string, key: string) =>
    portal.ask('/translation-units/import', {
      method: 'POST',
      actor: people.intoRussian,
      body: file,
      headers: { 'Content-Type': FORMATS.csv, 'Idempotency-Key': key },
    });

  /** The file of one text, with a translation. */
  const fileFor = async (text: string): Promise<[Unit, string]> => {
    const record = await work.lead();
    const unit = await work.unit(record);
    const file = await exported(portal, people.intoRussian, 'csv', `into=ru&record=${record}`);
    const [head, row] = file.text.trimEnd().split(/\r?\n/);
    const at = head!.split(',').indexOf('target');
    const cells = row!.split(',');
    cells[at] = text;
    return [unit, `${head}\r\n${cells.join(',')}\r\n`];
  };

  it('H110 is brought in once, and reported alike', async () => {
    const [unit, file] = await fileFor('Холодильный парк');
    const key = newKey();
    const first = await bring(file, key);
    expect([first.status, first.body.counts.applied]).toEqual([200, 1]);
    const again = await bring(file, key);
    expect([again.status, again.text, isReplayed(again)]).toEqual([200, first.text, true]);
    expect((await work.get(people.official, unit.id)).body.texts.ru).toBe('Холодильный парк');
  });

  it('H110 is not taken for another file', async () => {
    const [, file] = await fileFor('Склад');
    const key = newKey();
    await bring(file, key);
    expect(refusal(await bring(file.replace('Склад', 'Порт'), key))).toEqual([422, 'request.key-reused']);
  });
});
