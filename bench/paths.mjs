/** Where the built portal stands. */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Folder of the project; `dist/` lies in it. */
export const project = fileURLToPath(new URL('..', import.meta.url));

/** A built file for `import`, counted from `dist/`. */
export const built = (file) => pathToFileURL(join(project, 'dist', file)).href;
