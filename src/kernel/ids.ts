import { v7 } from 'uuid';

/** A new record id: UUIDv7 (RFC 9562), so ids sort by the time of creation. */
export const newId = (): string => v7();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is a UUID in its canonical form (lower case, with hyphens). */
export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
