import type { Reason } from '../lifecycle/refusal.js';
import type { ValueKind } from './values.js';

/** Variables by name, as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Parsed = { ok: true; value: string | number } | { ok: false; expected: Reason };

/** One environment variable: the source of parsing, of refusals and of the table in README.md. */
export type ConfigVariable = ValueKind &
  Readonly<{
    name: string;
    /** Value when nothing is stated; `undefined` where `absentKey` tells what happens then. */
    fallback: string | undefined;
    /** Key of the text that tells what holds when the variable is absent and has no fixed default. */
    absentKey?: string;
    /** Key of the text that tells what the variable is for. */
    descriptionKey: string;
    /** Values that are never repeated on a console. */
    secret?: boolean;
  }>;

/** A variable of this name; what it is for is told by a text of the same name. */
export const variable = (
  name: string,
  fallback: string | undefined,
  kind: ValueKind,
  more: Pick<ConfigVariable, 'absentKey' | 'secret'> = {},
): ConfigVariable => ({ name, fallback, descriptionKey: `console:config.about.${name}`, ...kind, ...more });

/** Key of the text that tells what holds without a variable. */
export const absent = (name: string): string => `console:config.absent.${name}`;

const LONGEST_SHOWN_VALUE = 60;

const shown = ({ secret }: ConfigVariable, text: string): string =>
  secret ? '…' : text.length > LONGEST_SHOWN_VALUE ? `${text.slice(0, LONGEST_SHOWN_VALUE)}…` : text;

/** @returns what is stated, or stands for it, in the form that the portal uses; nothing where there is neither */
export const parseVariable = (described: ConfigVariable, env: Environment): Parsed | undefined => {
  const text = env[described.name] ?? described.fallback;
  if (text === undefined) return undefined;
  const value = text === '' ? undefined : described.parse(text);
  return value === undefined ? { ok: false, expected: described.expected } : { ok: true, value };
};

/** Why a value is refused; a secret is not repeated. */
export const badValue = (described: ConfigVariable, text: string, expected: Reason): Reason =>
  text === ''
    ? { code: 'config.empty', values: { name: described.name, expected } }
    : { code: 'config.bad', values: { name: described.name, value: shown(described, text), expected } };

/** Variables that look like the portal's own and are none: misspelt ones. */
export const unknownVariables = (variables: readonly ConfigVariable[], env: Environment): Reason[] =>
  Object.keys(env)
    .filter((name) => name.startsWith('PORTAL_') && env[name] !== undefined)
    .filter((name) => !variables.some((described) => described.name === name))
    .map((name) => ({
      code: 'config.unknown',
      values: {
        name,
        known: variables
          .map((described) => described.name)
          .filter((known) => known.startsWith('PORTAL_'))
          .join(', '),
      },
    }));
