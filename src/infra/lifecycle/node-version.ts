import { Console } from './console.js';
import { refusal } from './refusal.js';

const OLDEST_NODE = 22;

/**
 * Whether this Node can run the portal; says so on the console if not. Asked before the rest of the
 * program is loaded, which an older Node may not even understand.
 */
export const nodeIsRecent = (version: string = process.versions.node): boolean => {
  if (Number(version.split('.')[0]) >= OLDEST_NODE) return true;
  new Console().refuse(refusal('node.tooOld', { version, wanted: OLDEST_NODE }));
  return false;
};
