import { type ComputedSchema, type ResourceSpec, resourceOf } from '../../resource/spec.js';
import { orNull, type Schema } from './components.js';
import { properties, requiredNames } from './field-schemas.js';
import {
  codeSchema,
  DATE,
  type Draft,
  ID,
  INSTANT,
  languageMap,
  languageMapOf,
  languageStates,
  page,
  related,
} from './value-schemas.js';

/** Longest reason of a withdrawal, as `Withdrawal` in `resource/store.ts` has it. */
const LONGEST_REASON = 1000;

/** Members that stand before and after the others, as `recordSql` in `resource/view.ts` orders them. */
const HEAD = ['version', 'state', 'audience', 'owner', 'sourceLanguage'];
const TAIL = ['createdAt', 'updatedAt', 'publishedAt'];

const about = ({ words }: Draft, spec: ResourceSpec, part: string): string =>
  words.say(`reference:schemas.${part}`, words.formsOf(spec.name));

/** A record as it is answered in lists. */
const recordSchema = (draft: Draft, spec: ResourceSpec): Schema =>
  draft.components.schema(spec.entity.name, () => {
    const fields = properties(draft, spec.entity, 'answer');
    const own = Object.keys(fields).filter((name) => !HEAD.includes(name) && !TAIL.includes(name));
    const named = (names: string[]) => Object.fromEntries(names.map((name) => [name, fields[name]!]));
    const members: Record<string, Schema> = {
      id: { ...ID, description: draft.words.member('portalRecord', 'id') },
      ...named(HEAD),
      languages: { ...languageStates(draft), description: draft.words.member('portalRecord', 'languages') },
      ...named(TAIL),
      ...named(own),
      ...computedProperties(draft, spec, spec.computed),
    };
    return {
      type: 'object',
      description: draft.words.say(`resources:${spec.name}.description`),
      properties: members,
      required: Object.keys(members),
    };
  });

/** A record as `GET /{path}/{id}` answers it, with the members of its deep read. */
export const detailSchema = (draft: Draft, spec: ResourceSpec): Schema => {
  if (Object.keys(spec.detail ?? {}).length === 0) return recordSchema(draft, spec);
  return draft.components.schema(`${spec.entity.name}Detail`, () => {
    const members = computedProperties(draft, spec, spec.detail);
    return {
      description: about(draft, spec, 'detail'),
      allOf: [recordSchema(draft, spec), { type: 'object', properties: members, required: Object.keys(members) }],
    };
  });
};

export const listSchema = (draft: Draft, spec: ResourceSpec): Schema =>
  draft.components.schema(`${spec.entity.name}List`, () => ({
    type: 'object',
    description: about(draft, spec, 'list'),
    properties: {
      items: { type: 'array', items: recordSchema(draft, spec), description: about(draft, spec, 'items') },
      page: { ...page(draft), description: about(draft, spec, 'page') },
    },
    required: ['items', 'page'],
  }));

/** Fields that no new record may have a value of: steps of a workflow set them later. */
const neverBegun = ({ settled = {} }: ResourceSpec): string[] =>
  Object.keys(settled).filter((name) => settled[name]!.length === 0);

export const createSchema = (draft: Draft, spec: ResourceSpec): Schema =>
  draft.components.schema(`${spec.entity.name}Create`, () => ({
    type: 'object',
    description: about(draft, spec, 'create'),
    properties: properties(draft, spec.entity, 'create', false, neverBegun(spec)),
    required: requiredNames(spec.entity),
    additionalProperties: false,
  }));

export const patchSchema = (draft: Draft, spec: ResourceSpec): Schema =>
  draft.components.schema(`${spec.entity.name}Patch`, () => ({
    type: 'object',
    description: about(draft, spec, 'patch'),
    properties: properties(draft, spec.entity, 'patch', false, Object.keys(spec.settled ?? {})),
    additionalProperties: false,
  }));

/**
 * A computed member that has a route of its own: `TaskChain` is `{items}` of the member `chain` of tasks.
 * @returns `undefined` where the name is not that of a member
 */
export const memberListSchema = (draft: Draft, spec: ResourceSpec, name: string): Schema | undefined => {
  const members = { ...spec.computed, ...spec.detail };
  const member = Object.keys(members).find(
    (key) => name === `${spec.entity.name}${key.charAt(0).toUpperCase()}${key.slice(1)}`,
  );
  if (!member) return undefined;
  return draft.components.schema(name, () => {
    const description = draft.words.member(spec.entity.name, member);
    const items = describedMember(draft, members[member]!.schema, member, description);
    return { type: 'object', description, properties: { items }, required: ['items'] };
  });
};

/** Body of a withdrawal. */
export const withdrawalSchema = (draft: Draft): Schema =>
  draft.components.schema('Withdrawal', () => ({
    type: 'object',
    description: draft.words.say('reference:schemas.withdrawal'),
    properties: {
      reason: {
        ...languageMapOf(draft, LONGEST_REASON, false),
        description: draft.words.member('withdrawal', 'reason'),
      },
    },
    required: ['reason'],
    additionalProperties: false,
  }));

const computedProperties = (
  draft: Draft,
  spec: ResourceSpec,
  members: ResourceSpec['computed'] = {},
): Record<string, Schema> =>
  Object.fromEntries(
    Object.entries(members).map(([name, { schema }]) => [
      name,
      describedMember(draft, schema, name, draft.words.member(spec.entity.name, name)),
    ]),
  );

/** A computed value; lists are never null, everything else is where nothing is known. */
const describedMember = (draft: Draft, schema: ComputedSchema, name: string, description: string): Schema => {
  const value = computedSchema(draft, schema, name);
  return { ...(value.type === 'array' ? value : orNull(value)), description };
};

type Members = Record<string, ComputedSchema>;

/** @param about says what a member holds */
const objectOf = (draft: Draft, members: Members, name: string, about: (member: string) => string): Schema => {
  const properties = Object.fromEntries(
    Object.entries(members).map(([member, schema]) => [member, describedMember(draft, schema, name, about(member))]),
  );
  return { type: 'object', properties, required: Object.keys(properties) };
};

/** Members of a computed object are described under the name of the computed member that they belong to. */
const aboutComputed =
  ({ words }: Draft, name: string) =>
  (member: string): string =>
    words.say(`reference:computed.${name}.${member}`);

const computedSchema = (draft: Draft, schema: ComputedSchema, name: string): Schema => {
  switch (schema.kind) {
    case 'records':
      return { type: 'array', items: listedRecord(draft, resourceOf(schema.resource), schema.members, name) };
    case 'record':
      return recordSchema(draft, resourceOf(schema.resource));
    case 'related':
      return related(draft, resourceOf(schema.resource).main !== undefined);
    case 'relatedList':
      return { type: 'array', items: related(draft, resourceOf(schema.resource).main !== undefined) };
    case 'tree':
      return { type: 'array', items: treeSchema(draft, schema, name) };
    case 'code':
      return codeSchema(draft, schema.vocabulary);
    case 'object':
      return objectOf(draft, schema.members, name, aboutComputed(draft, name));
    case 'objects':
      return { type: 'array', items: objectOf(draft, schema.members, name, aboutComputed(draft, name)) };
    case 'localized':
      return languageMap(draft);
    default:
      return SCALARS[schema.kind];
  }
};

/** A record with further members. */
const withMembers = (draft: Draft, spec: ResourceSpec, members: Schema): Schema => ({
  allOf: [recordSchema(draft, spec), members],
});

const listedRecord = (draft: Draft, spec: ResourceSpec, members: Members | undefined, name: string): Schema =>
  members
    ? withMembers(draft, spec, objectOf(draft, members, name, aboutComputed(draft, name)))
    : recordSchema(draft, spec);

type Tree = Extract<ComputedSchema, { kind: 'tree' }>;

/** A record that has records of its own kind below it; what it has is described with the fields of its resource. */
const treeSchema = (draft: Draft, tree: Tree, name: string): Schema => {
  const spec = resourceOf(tree.resource);
  const described = (member: string) => draft.words.member(spec.entity.name, member);
  return draft.components.schema(`${spec.entity.name}Tree`, () => {
    const own = objectOf(draft, tree.members, name, described);
    const children = { type: 'array', items: treeSchema(draft, tree, name), description: described(tree.children) };
    const properties = { [tree.children]: children, ...(own.properties as object) };
    return {
      description: about(draft, spec, 'tree'),
      ...withMembers(draft, spec, { ...own, properties, required: Object.keys(properties) }),
    };
  });
};

const SCALARS = {
  id: ID,
  text: { type: 'string' },
  integer: { type: 'integer' },
  date: DATE,
  instant: INSTANT,
} as const satisfies Record<string, Schema>;
