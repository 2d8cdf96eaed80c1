import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const MODULES = join(ROOT, 'node_modules');
/** What was checked about the installed packages; goes away with them. */
export const STAMPS = join(MODULES, '.treejar');
export const CACHE = join(ROOT, '.cache');
