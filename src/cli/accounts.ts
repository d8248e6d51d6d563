/** `npm run accounts -- create|invite|disable|list|rotate-keys`: accounts from the command line. */
import { nodeIsRecent } from '../infra/lifecycle/node-version.js';

if (nodeIsRecent()) {
  const { parseArgs } = await import('node:util');
  const { NestFactory } = await import('@nestjs/core');
  const { AppModule, openDatabase } = await import('../app.module.js');
  const { migrate } = await import('../infra/database/migrations.js');
  const { runCommand } = await import('../infra/lifecycle/command.js');
  const { refusal } = await import('../infra/lifecycle/refusal.js');
  const { createLogger } = await import('../infra/logging/logger.js');
  const { emailOf } = await import('../kernel/email.js');
  const { LANGUAGES } = await import('../kernel/languages.js');
  const { Problem } = await import('../kernel/problems.js');
  const { ROLES, SIDES } = await import('../kernel/actor.js');
  const { Jobs } = await import('../platform/jobs/jobs.js');
  const { AccountCommands } = await import('../platform/accounts/account-commands.js');

  const NAMES = ['create', 'invite', 'disable', 'list', 'rotate-keys'] as const;
  const TEXT = { type: 'string' } as const;
  const OPTIONS = { email: TEXT, role: TEXT, side: TEXT, organization: TEXT, into: TEXT };

  const parse = () => {
    try {
      const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
      return { values, name: positionals.length === 1 ? NAMES.find((known) => known === positionals[0]) : undefined };
    } catch {
      return { values: {}, name: undefined };
    }
  };
  const { values, name } = parse();

  const listOf = <Code extends string>(option: keyof typeof OPTIONS, codes: readonly Code[], fallback = ''): Code[] => {
    const given = (values[option] ?? fallback).split(',').filter(Boolean);
    const found = given.map((one) => codes.find((code) => code === one));
    if (found.includes(undefined)) throw refusal('accounts.option', { name: `--${option}` });
    return found as Code[];
  };
  const email = (): string => {
    const address = emailOf(values.email);
    if (address === undefined) throw refusal('accounts.option', { name: '--email' });
    return address;
  };
  const options = () => {
    const [side, ...others] = listOf('side', SIDES);
    if (!side || others.length > 0) throw refusal('accounts.option', { name: '--side' });
    const [roles, translatesInto] = [listOf('role', ROLES), listOf('into', LANGUAGES)];
    return { email: email(), roles, side, translatesInto, organization: values.organization };
  };

  await runCommand(async ({ url, embedded }, console, config) => {
    if (!name) {
      console.say('accounts.usage');
      throw refusal('accounts.unknown', { name: process.argv.slice(2).join(' ') || '–' });
    }
    if (embedded) await migrate(url);
    const database = await openDatabase(config, url);
    const app = await NestFactory.create(AppModule.with(config, database, createLogger(config)), { logger: false });
    const commands = app.get(AccountCommands, { strict: false });
    const work: Record<(typeof NAMES)[number], () => Promise<void>> = {
      create: async () => console.say('accounts.created', { email: email(), ...(await commands.create(options())) }),
      invite: async () => {
        await app.get(Jobs, { strict: false }).open();
        await commands.invite(options());
        console.say('accounts.invited', { email: email() });
      },
      disable: async () => {
        await commands.disable(email());
        console.say('accounts.disabled', { email: email() });
      },
      list: async () => {
        const rows = await commands.list();
        if (rows.length === 0) console.say('accounts.none');
        for (const { id, email: address, roles, side, state } of rows) {
          process.stdout.write(`${[address, roles.join(','), side, state, id].join(' · ')}\n`);
        }
      },
      'rotate-keys': async () => {
        await commands.rotateKeys();
        console.say('accounts.rotated');
      },
    };
    try {
      await work[name]();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const members = (error.options.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
      throw refusal('accounts.problem', { code: [error.code, ...members].join(', ') });
    } finally {
      await app.close();
    }
  }, 'serve');
} else process.exitCode = 1;
