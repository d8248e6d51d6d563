import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Child, Embedded, fixture, freePort, statusOf, until, Workshop } from './support.js';

const words = fixture('portal.ts');

describe('a stop', () => {
  const workshop = new Workshop();

  const start = async (): Promise<{ child: Child; origin: string; embedded: Embedded }> => {
    const folder = join(workshop.folder(), '.data');
    const port = await freePort();
    const child = workshop.run(words, { env: { PORT: String(port), PORTAL_DATA_DIR: folder } });
    await child.says(/Портал запущен/);
    return { child, origin: `http://127.0.0.1:${port}`, embedded: new Embedded(folder) };
  };

  afterEach(() => workshop.cleanUp(), 90_000);

  test('lets requests under way finish, marks itself as stopping and tells clients to leave', async () => {
    const { child, origin } = await start();
    const slow = fetch(`${origin}/slow`);
    await statusOf(`${origin}/`);
    child.process.kill('SIGTERM');
    const answer = await slow;
    expect(await answer.json()).toEqual({ stopping: true });
    expect(answer.headers.get('connection')).toBe('close');
    expect(await child.ends()).toBe(0);
  });

  test('fails no request of clients that keep their connections', async () => {
    const { child, origin } = await start();
    const outcomes: string[] = [];
    let stopped = false;
    const client = async () => {
      while (!stopped) {
        const outcome = await fetch(`${origin}/`).then(
          async (answer) => `${(await answer.arrayBuffer()) && answer.status}`,
          (error: Error) => String((error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.message),
        );
        if (outcome === 'ECONNREFUSED') return;
        outcomes.push(outcome);
      }
    };
    const clients = Promise.all([client(), client(), client()]);
    await until('load is there', () => outcomes.length > 20);
    child.process.kill('SIGTERM');
    expect(await child.ends()).toBe(0);
    stopped = true;
    await clients;
    expect(new Set(outcomes)).toEqual(new Set(['200']));
  });

  test('is immediate at the second signal, and the database follows', async () => {
    const { child, origin, embedded } = await start();
    void fetch(`${origin}/hang`).then((answer) => answer.text().catch(() => ''));
    await statusOf(`${origin}/`);
    child.process.kill('SIGTERM');
    await child.says(/Портал останавливается/);
    await until('the second signal is heard', () => {
      child.process.kill('SIGTERM');
      return child.exit;
    });
    expect(child.exit?.code).toBe(143);
    await until('the database has followed', () => embedded.running.length === 0);
  });

  test('counts the signals of one Ctrl-C as one', async () => {
    const { child, origin } = await start();
    const slow = fetch(`${origin}/slow`);
    await statusOf(`${origin}/`);
    child.process.kill('SIGINT');
    child.process.kill('SIGINT');
    expect((await slow).status).toBe(200);
    expect(await child.ends()).toBe(0);
  });

  test('is in order too when nobody listens to the console any more', async () => {
    const { child, embedded, origin } = await start();
    child.process.stdout!.destroy();
    child.process.stderr!.destroy();
    process.kill(embedded.pid, 'SIGKILL');
    await until('the server is back', async () => (await statusOf(`${origin}/`)) === 200);
    expect(await child.kill('SIGTERM')).toBe(0);
    expect(embedded.running).toEqual([]);
  });

  test('follows an error that nobody caught: exit code 1, and the database is stopped', async () => {
    const { child, origin, embedded } = await start();
    await statusOf(`${origin}/crash`);
    expect(await child.ends()).toBe(1);
    expect(child.output).toContain('unforeseen');
    expect(child.output).toMatch(/Портал завершает работу/);
    expect(embedded.running).toEqual([]);
  });
});

describe('the lock of a folder', () => {
  const workshop = new Workshop();

  afterEach(() => workshop.cleanUp());

  test('names its holder, says when that does not answer, and ends with its process', async () => {
    const folder = workshop.folder();
    const first = workshop.run([...fixture('lock.ts'), folder]);
    await first.says(/"held":true/);
    const second = workshop.run([...fixture('lock.ts'), folder]);
    await second.says(
      new RegExp(`"held":false,"holder":{"pid":${first.pid},"role":"portal","url":"http://127.0.0.1:1"}`),
    );
    first.process.kill('SIGSTOP');
    const third = workshop.run([...fixture('lock.ts'), folder]);
    await third.says(/"held":false}/);
    await first.kill('SIGKILL');
    const fourth = workshop.run([...fixture('lock.ts'), folder]);
    await fourth.says(/"held":true/);
  });
});
