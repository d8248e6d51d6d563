/** A JSON Schema (draft 2020-12) or a part of one. */
export type Schema = { readonly [keyword: string]: unknown };

/** Any object of an OpenAPI document: parameter, response, header. */
export type Part = { readonly [member: string]: unknown };

const SECTIONS = ['schemas', 'parameters', 'headers', 'responses'] as const;
type Section = (typeof SECTIONS)[number];

/**
 * The shared parts of a document. A part is made when it is first referred to, so that the document holds
 * exactly what its operations need.
 */
export class Components {
  private readonly parts: Record<Section, Map<string, Part>> = {
    schemas: new Map(),
    parameters: new Map(),
    headers: new Map(),
    responses: new Map(),
  };

  /** @returns a reference to the part, which is made unless it is there already */
  ref(section: Section, name: string, make: () => Part): { $ref: string } {
    const known = this.parts[section];
    if (!known.has(name)) {
      // Schemas refer to each other in circles: the name is taken before the part is made.
      known.set(name, {});
      known.set(name, make());
    }
    return { $ref: `#/components/${section}/${name}` };
  }

  schema(name: string, make: () => Schema): { $ref: string } {
    return this.ref('schemas', name, make);
  }

  /** All parts, sorted by name so that the document's text does not depend on the order of making. */
  toJSON(): Record<Section, Record<string, Part>> {
    const sorted = (section: Section) =>
      Object.fromEntries([...this.parts[section]].sort(([a], [b]) => (a < b ? -1 : 1)));
    return Object.fromEntries(SECTIONS.map((section) => [section, sorted(section)])) as Record<
      Section,
      Record<string, Part>
    >;
  }
}

/** A schema that also allows null, with the words for what null says left to the description. */
export const orNull = (schema: Schema): Schema => {
  if (typeof schema.type === 'string' && !('enum' in schema)) return { ...schema, type: [schema.type, 'null'] };
  const { description, ...rest } = schema;
  return { oneOf: [rest, { type: 'null' }], ...(description !== undefined && { description }) };
};
