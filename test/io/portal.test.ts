import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describePortalLife } from './portal-life.js';
import { projectFolder } from './support.js';

const main = join(projectFolder, 'dist', 'src', 'main.js');
if (!existsSync(main)) throw new Error('the portal is not built: npm run build');

describePortalLife('the built portal', { words: [main], path: '/api/v1/organizations' });
