/** `npm run check:imports`: the import rules of tools/import-rules.ts over the whole repository. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkImports } from './import-rules.ts';
import { ROOT, report, sourceFiles } from './source-files.ts';

/** The rules' own test quotes imports of files that do not exist. */
const files = sourceFiles(
  /^(?!tools\/rules\.test\.ts)(machines|adapters|actors|runtime|admin|tests|bench|tools)\/.*\.(ts|tsx|mjs)$/,
);
report(
  'import rules',
  files.length,
  files.flatMap((file) => checkImports(file, (path) => existsSync(join(ROOT, path)))),
);
