/** Writes `docs/statechart.md` and its pictures from the code: `npm run statechart`. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { statechartFiles } from './statechart/files.ts';

const ROOT = join(import.meta.dirname, '..');

await rm(join(ROOT, 'docs/statechart'), { recursive: true, force: true });
for (const { path, text } of await statechartFiles()) {
  await mkdir(dirname(join(ROOT, path)), { recursive: true });
  await writeFile(join(ROOT, path), text);
  process.stdout.write(`${path}\n`);
}
