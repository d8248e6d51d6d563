/** Where the built portal stands. */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Folder of the project; `dist/` lies in it. */
export const project = fileURLToPath(new URL('..', import.meta.url));

/** Path of a built file, counted from `dist/`. */
export const builtPath = (file) => join(project, 'dist', file);

/** The same for `import`. */
export const built = (file) => pathToFileURL(builtPath(file)).href;
