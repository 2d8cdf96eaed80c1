/** `npm run check:style`: the rules of tools/style-rules.ts over the whole repository. */
import { report, sourceFiles } from './source-files.ts';
import { checkStyle } from './style-rules.ts';

const files = sourceFiles(/\.(ts|tsx|mjs|css|sql|sh|yml|json|md)$/);
report('style rules', files.length, files.flatMap(checkStyle));
