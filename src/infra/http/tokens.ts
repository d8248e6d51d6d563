/** Injection token of the whole configuration, for the platform's services. */
export const CONFIG = Symbol('config');

/** Injection token of the most bytes a request body may have. */
export const BODY_LIMIT = Symbol('body limit');

/** Injection token of the origin under which the portal is reached. */
export const PUBLIC_URL = Symbol('public url');

/** Injection token of the process's logger (pino). */
export const LOGGER = Symbol('logger');
