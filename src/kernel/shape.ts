/** A class whose members are declared with the decorators of `resource/fields.ts`. */
// biome-ignore lint/suspicious/noExplicitAny: constructors of every shape are meant
export type Shape<T extends object = object> = abstract new (...parameters: any[]) => T;
