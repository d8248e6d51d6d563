/** Injection token of the most bytes a request body may have. */
export const BODY_LIMIT = Symbol('body limit');

/** Injection token of the process's logger (pino). */
export const LOGGER = Symbol('logger');
