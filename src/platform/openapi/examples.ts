import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../infra/config/config.js';
import type { LanguageChoice } from '../../kernel/languages.js';
import type { Body } from '../../resource/body.js';
import { mayBeginWith } from '../../resource/settled.js';
import type { ResourceSpec } from '../../resource/spec.js';
import { localizedFields } from '../../resource/spec.js';
import { toBody } from '../../resource/stored.js';

/**
 * What the portal answered to a request about its initial content. Ids and times differ from one portal to the next,
 * so both stand here in a form of their own; the contract test asks again and compares.
 */
export type Example = {
  /** Request with keys of `seeds/` in braces where a record's id stands. */
  path: string;
  /** The same request as readers see it. */
  request: string;
  /** Answers by the languages asked for; none where they are too long for a document. */
  answers?: Partial<Record<LanguageChoice, unknown>>;
};

/** Examples by operation id. */
export type Examples = Readonly<Record<string, Example>>;

export const EXAMPLES_FILE = join(projectFolder, 'docs', 'openapi-examples.json');

export const readExamples = (): Examples => JSON.parse(readFileSync(EXAMPLES_FILE, 'utf8')) as Examples;

/** A whole body, made of the record that answers the example of `get`. */
export const createExample = (spec: ResourceSpec, example: Example | undefined): Body | undefined => {
  if (!example?.answers?.all) return undefined;
  const body = toBody(spec.entity, example.answers.all as Body);
  return Object.fromEntries(Object.entries(body).filter(([name, value]) => mayBeginWith(spec, name, value)));
};

/** A change of the main text, or of another one where the resource has none. */
export const patchExample = (spec: ResourceSpec, example: Example | undefined): Body | undefined => {
  const body = createExample(spec, example);
  const name = [spec.main, ...localizedFields(spec).map((field) => field.name)].find((text) => text && body?.[text]);
  return body && (name ? { [name]: body[name] } : { audience: 'partners' });
};
